import { Wallet } from 'ethers';
import { createPushChat } from 'push-chat-kit/core';
import { fileStorage } from 'push-chat-kit/files';

const { BOT_KEY = '', BOT_OWNERS = '', PUSH_CHAT_NODE, BOT_STORE = './bot.store' } = process.env;
const chat = createPushChat({ signer: new Wallet(BOT_KEY), node: PUSH_CHAT_NODE, storage: fileStorage(BOT_STORE) });
await chat.unlock();
// Its owners may invite it into groups; there it answers to its word, and to nothing else.
for await (const message of chat.messages({ groups: { join: BOT_OWNERS.split(',') } })) {
  const [, note] = /^!note\s+(\S.*)$/is.exec(message.text) ?? [];
  if (note !== undefined && message.isGroup) await message.reply(`Noted for ${message.sender}: ${note}`);
}
