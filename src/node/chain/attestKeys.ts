import { malformed } from '../../protocol/fields.ts';
import { PushChatError } from '../../errors.ts';
import { parseDid, type ChainAccount } from '../../protocol/did.ts';
import { chainKeysProof, withoutOwner, withOwner, type AttestedUser } from '../../protocol/profileProof.ts';
import type { Chain, Chains } from '../../protocol/chain.ts';

/**
 * Checks keys of an account that only its chain can speak for: the contract wallet signed them, or the NFT's owner.
 * @returns the keys as they are kept: the bundle of an NFT names the owner it was checked against (protocol 2.6)
 * @throws {PushChatError} `KeyUnattested` when they did not, and when this node cannot ask that chain at all;
 *   `ChainUnavailable` when the chain does not answer
 */
export async function attestKeys<Keys extends AttestedUser>(
  chains: Chains,
  account: ChainAccount,
  keys: Keys,
): Promise<Keys> {
  const chain = chains.get(account.chain);
  if (!chain) throw unattested(`This node asks no chain ${account.chain}, so it cannot tell who owns this account.`);
  return account.token === undefined
    ? attestWallet(chain, account, keys)
    : attestToken(chain, { ...account, token: account.token }, keys);
}

async function attestWallet<Keys extends AttestedUser>(
  chain: Chain,
  { contract }: ChainAccount,
  keys: Keys,
): Promise<Keys> {
  const proof = proofOf(keys);
  if (await chain.isSignedBy(contract, proof.text, proof.signature)) return keys;
  throw unattested('The contract wallet of this account did not sign these keys.');
}

async function attestToken<Keys extends AttestedUser>(
  chain: Chain,
  { contract, token }: Required<ChainAccount>,
  keys: Keys,
): Promise<Keys> {
  const owner = await chain.ownerOf(contract, token);
  if (owner === undefined) throw unattested('Nobody owns the token of this account.');
  const encryptedPrivateKey = withOwner(keys.encryptedPrivateKey, parseDid(owner));
  // Readers take the owner off and write the JSON anew; other spellings of it could not be checked any more.
  if (withoutOwner(encryptedPrivateKey) !== keys.encryptedPrivateKey) throw malformed('encryptedPrivateKey');
  const proof = proofOf(keys);
  if (await chain.isSignedBy(owner, proof.text, proof.signature)) return { ...keys, encryptedPrivateKey };
  throw unattested('The owner of this account’s token did not sign these keys.');
}

function proofOf(keys: AttestedUser): { text: string; signature: string } {
  const proof = chainKeysProof(keys);
  if (proof) return proof;
  throw unattested('Keys of a contract or NFT account need a proof of the kind eip191v2.');
}

const unattested = (reason: string): PushChatError => new PushChatError('KeyUnattested', reason);
