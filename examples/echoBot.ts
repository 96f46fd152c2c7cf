import { Wallet } from 'ethers';
import { createPushChat } from 'push-chat-kit/core';
import { fileStorage } from 'push-chat-kit/files';

const { BOT_KEY = '', PUSH_CHAT_NODE, BOT_STORE = './bot.store' } = process.env;
const chat = createPushChat({ signer: new Wallet(BOT_KEY), node: PUSH_CHAT_NODE, storage: fileStorage(BOT_STORE) });
await chat.unlock();
for await (const message of chat.messages({ accept: 'all' })) {
  await message.reply(`You said: ${message.text}`);
}
