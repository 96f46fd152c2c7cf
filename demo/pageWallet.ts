import { Wallet } from 'ethers';

/**
 * A wallet made in this page and kept in its storage, so that a reload finds it again. Good for a demonstration and
 * for nothing else: real keys belong in a real wallet.
 */
export function pageWallet(name: string): Wallet {
  const slot = `push-chat-kit demo wallet of ${name}`;
  const stored = localStorage.getItem(slot);
  const wallet = stored ? new Wallet(stored) : new Wallet(Wallet.createRandom().privateKey);
  localStorage.setItem(slot, wallet.privateKey);
  return wallet;
}
