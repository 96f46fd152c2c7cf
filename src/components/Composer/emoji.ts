/** Emoji that chats use most, by what they show; of Unicode 13 and before, which every system draws. */
export const EMOJI = {
  faces:
    '😀 😃 😄 😁 😆 😅 😂 🤣 😊 🙂 🙃 😉 😌 😍 🥰 😘 😋 😛 😜 🤪 🤨 🧐 🤓 😎 🥳 😏 😒 😞 😔 😟 😕 🙁 😣 😖 😫 😩 🥺 😢 😭 😤 😠 😡 🤯 😳 🥵 🥶 😱 😨 😰 😥 😓 🤗 🤔 🤭 🤫 😐 😑 😬 🙄 😯 😲 🥱 😴 🤤 😪 😵 🤐 🤢 🤮 🤧 😷 🤒 🤕 🤠 😈 👻 💀 👽 🤖 💩',
  hands: '👋 🤚 ✋ 🖖 👌 🤏 ✌️ 🤞 🤟 🤘 🤙 👈 👉 👆 👇 👍 👎 ✊ 👊 🤛 🤜 👏 🙌 👐 🤲 🤝 🙏 ✍️ 💪 👀 🧠 👶 🧑 👩 👨 🧓',
  nature:
    '🐶 🐱 🐭 🐹 🐰 🦊 🐻 🐼 🐨 🐯 🦁 🐮 🐷 🐸 🐵 🙈 🙉 🙊 🐔 🐧 🐦 🦆 🦉 🐺 🐗 🐴 🦄 🐝 🦋 🐌 🐢 🐍 🐙 🐬 🐳 🌵 🌲 🌴 🌱 🍀 🌷 🌹 🌻 🌞 🌙 ⭐ ⚡ 🔥 🌈 ❄️ 🌊',
  food: '🍏 🍎 🍊 🍋 🍌 🍉 🍇 🍓 🍒 🍑 🥭 🍍 🥥 🥝 🍅 🥑 🌽 🥕 🥐 🍞 🧀 🥚 🥞 🍔 🍟 🍕 🌭 🌮 🌯 🍝 🍜 🍣 🍦 🍩 🍪 🎂 🍫 🍿 ☕ 🍵 🍺 🍷 🥂',
  things:
    '⚽ 🏀 🎾 🎮 🎲 🎯 🎸 🎨 🎬 🎉 🎊 🎁 🏆 🥇 🚗 🚲 ✈️ 🚀 🏠 🏖️ ⌚ 📱 💻 📷 💡 📌 📎 ✏️ 📝 📚 🔑 🔒 🔔 💰 💎 🪙 📈 📉 🧾 📦 🛒 ⏰ 🗓️',
  signs:
    '❤️ 🧡 💛 💚 💙 💜 🖤 🤍 💔 💯 ✅ ❌ ❓ ❗ 💤 💬 👁️‍🗨️ 🔴 🟠 🟡 🟢 🔵 🟣 ⚫ ⚪ ➕ ➖ ♻️ ⚠️ 🚫 🆗 🆒 🆕 ▶️ ⏸️ 🔁 🔗',
} as const;

export type EmojiGroup = keyof typeof EMOJI;
