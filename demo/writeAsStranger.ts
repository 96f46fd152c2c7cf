import { Wallet } from 'ethers';
import { createPushChat } from '../src/exports/core.ts';

/** Everything a bot needs to message a wallet. */
export async function writeAsStranger(node: string, to: string): Promise<void> {
  const stranger = createPushChat({ signer: new Wallet(Wallet.createRandom().privateKey), node });
  try {
    await stranger.unlock();
    const content = 'Hello! We have not met. Could we talk about your collection?';
    await stranger.sendMessage(to, { type: 'Text', content }, { allowPlaintext: true });
  } finally {
    stranger.close();
  }
}
