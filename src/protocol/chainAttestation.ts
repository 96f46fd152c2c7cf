import type { Chains } from './chain.ts';
import { chainAccountOf, parseDid } from './did.ts';
import { chainKeysProof, type AttestedUser } from './profileProof.ts';

/**
 * Whether a contract wallet, or whoever owns an NFT now, signed over a profile's keys: by EIP-6492, EIP-1271 or as a
 * plain wallet, tried in this order (security KI-04, KI-05).
 * @returns undefined where the chain is none that is asked
 * @throws {PushChatError} `ChainUnavailable` when it gives no answer: nothing is known then
 */
export async function isAttestedOnChain(chains: Chains, user: AttestedUser): Promise<boolean | undefined> {
  const account = chainAccountOf(parseDid(user.did));
  const chain = account && chains.get(account.chain);
  if (!chain) return undefined;
  const proof = chainKeysProof(user);
  if (!proof) return false;
  const { contract, token } = account;
  const signer = token === undefined ? contract : await chain.ownerOf(contract, token);
  return signer !== undefined && chain.isSignedBy(signer, proof.text, proof.signature);
}
