import { Wallet, id } from 'ethers';
import { createPushChat } from '../src/client/createPushChat.ts';
import { openKeyBundle, parseKeyBundle } from '../src/crypto/keyBundle.ts';
import { readPrivateKey, type PrivateKey } from '../src/crypto/pgp.ts';
import { parseDid, type Did } from '../src/protocol/did.ts';
import type { WireUser } from '../src/protocol/payload.ts';
import { armoredKey } from '../src/protocol/publicKey.ts';
import { routes } from '../src/protocol/routes.ts';

export interface User {
  readonly did: Did;
  readonly wallet: Wallet;
  readonly publicKey: string;
  readonly privateKey: PrivateKey;
}

export const walletNumber = (number: number): Wallet => new Wallet(id(`push-chat-kit bench wallet ${number}`));

/** Makes accounts on a node as any dapp does, with keys of the default kind (RSA 2048). */
export async function makeUsers(url: string, count: number): Promise<User[]> {
  const users: User[] = [];
  for (let i = 0; i < count; i += 1) {
    const wallet = walletNumber(i);
    const client = createPushChat({ signer: wallet, node: url });
    await client.unlock();
    client.close();
    users.push(await readUser(url, wallet));
  }
  return users;
}

async function readUser(url: string, wallet: Wallet): Promise<User> {
  const did = parseDid(wallet.address);
  const user = (await (await fetch(url + routes.user(did).path)).json()) as WireUser;
  const bundle = parseKeyBundle(user.encryptedPrivateKey);
  const armored = await openKeyBundle(bundle, { signMessage: (text) => wallet.signMessage(text) });
  return { did, wallet, publicKey: armoredKey(user.publicKey), privateKey: await readPrivateKey(armored) };
}
