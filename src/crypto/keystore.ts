import { decryptKeystoreJson, encryptKeystoreJson, isKeystoreJson } from 'ethers';
import { PushChatError } from '../errors.ts';
import { localWallet } from './walletSignature.ts';

export { isKeystoreJson };

/**
 * The private key in a keystore (Web3 Secret Storage 3), as Geth, Foundry and others write it. Takes a second or more:
 * that is what protects the password.
 * @throws {PushChatError} `KeyBundleMalformed` for what is no keystore, and for a wrong password
 */
export async function openKeystore(json: string, password: string): Promise<string> {
  try {
    return (await decryptKeystoreJson(json, password)).privateKey;
  } catch (cause) {
    throw new PushChatError('KeyBundleMalformed', 'The keystore does not open with this password.', { cause });
  }
}

/** A keystore of a private key. */
export const sealKeystore = (privateKey: string, password: string): Promise<string> =>
  encryptKeystoreJson({ address: localWallet(privateKey).address, privateKey }, password);
