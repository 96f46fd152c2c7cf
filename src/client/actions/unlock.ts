import { sha256Hex } from '../../crypto/hash.ts';
import { parseKeyBundle, randomPreKey, unlockText, type BundleWallet } from '../../crypto/keyBundle.ts';
import { sameKey } from '../../crypto/pgp.ts';
import { parseWalletSignature, recoverMessage, standardSignature } from '../../crypto/walletSignature.ts';
import { asPushChatError, PushChatError } from '../../errors.ts';
import { profileKeysText } from '../../protocol/canonical.ts';
import { addressOf, parseDid, type Did } from '../../protocol/did.ts';
import { parseUser } from '../../protocol/parseAnswer.ts';
import type { UserCreation, WireUser } from '../../protocol/payload.ts';
import { armoredKey, formatPublicKey } from '../../protocol/publicKey.ts';
import { routes } from '../../protocol/routes.ts';
import { askWallet, type WalletPurpose } from '../askWallet.ts';
import type { Account, ClientContext } from '../context.ts';
import type { KnownUser } from '../keyring.ts';
import type { WalletSigner } from '../signer.ts';
import type { UnlockStep } from '../state.ts';

/**
 * Opens the account's keys with the wallet, or makes them when it has none.
 * @throws {PushChatError} `WalletRejected`, `WalletChanged`, `WalletUnsupported`, `KeyUnattested`, `KeyMismatch`,
 *   `KeyBundleMalformed`, `DecryptFailed`, and what the node or network says; the session is then locked as before
 */
export async function unlock(client: ClientContext): Promise<void> {
  const { wallet } = client;
  if (!wallet) throw new PushChatError('InvalidConfig', 'Connect a wallet and pass its signer first.');
  const did = parseDid(await wallet.getAddress());
  const report = (step: UnlockStep): void => {
    client.dispatch({ type: 'sessionChanged', session: { status: 'unlocking', did, step } });
  };
  try {
    client.prompts = 0;
    report({ name: 'reading' });
    const known = await client.keyring.refresh(did);
    const unlocking = { client, wallet, did, report };
    client.account = known?.key ? await openAccount(unlocking, known) : await createAccount(unlocking);
    client.dispatch({ type: 'sessionChanged', session: { status: 'ready', did } });
  } catch (thrown) {
    const error = asPushChatError(thrown);
    client.dispatch({ type: 'sessionChanged', session: { status: 'locked', did, error } });
    throw error;
  }
}

interface Unlocking {
  readonly client: ClientContext;
  readonly wallet: WalletSigner;
  readonly did: Did;
  readonly report: (step: UnlockStep) => void;
}

/** One prompt. Everything that can be checked is checked before the wallet is asked (security G10). */
async function openAccount({ client, wallet, did }: Unlocking, { user, key }: KnownUser): Promise<Account> {
  if (!key || key.level === 'unattested') {
    throw new PushChatError(
      'KeyUnattested',
      'The node serves a key for this account that its wallet never signed. Nothing was signed.',
    );
  }
  const bundle = parseKeyBundle(user.encryptedPrivateKey);
  const keys = await client.holder.unwrap(bundle, askedWallet(client, wallet, did));
  if (!(await sameKey(keys.publicKey, key.armored))) {
    throw new PushChatError('KeyMismatch', 'The private key of this account does not belong to its published key.');
  }
  return { did, wireId: wireIdOf(user), keys };
}

/** Two prompts: one wraps the new private key, one attests the new public key (protocol 2.3, 2.5). */
async function createAccount({ client, wallet, did, report }: Unlocking): Promise<Account> {
  report({ name: 'generating' });
  const made = await client.holder.generate(client.now());
  const preKey = randomPreKey(client.random);
  const of = client.prompts + 2;
  const sign = (purpose: WalletPurpose, text: string): Promise<string> =>
    askWallet(client, { purpose, text, of }, () => signAs(wallet, did, text));
  const unlockSignature = await sign('open-keys', unlockText(preKey));
  const published = {
    caip10: did,
    did,
    publicKey: formatPublicKey(made.publicKey),
    encryptedPrivateKey: await made.wrap(preKey, unlockSignature),
  };
  const proof = await sign('attest-keys', sha256Hex(profileKeysText(published)));
  report({ name: 'publishing' });
  const creation: UserCreation = { ...published, verificationProof: `eip191v2:${standardSignature(proof)}` };
  const user = parseUser(await client.transport.request(routes.createUser(), creation));
  if (!(await sameKey(armoredKey(user.publicKey), made.publicKey))) {
    throw new PushChatError(
      'KeyMismatch',
      'This account got keys from another device meanwhile. Unlock again to use those.',
    );
  }
  await client.keyring.refresh(did);
  return { did, wireId: wireIdOf(user), keys: made };
}

const wireIdOf = ({ wallets, did }: WireUser): string => wallets.split(',')[0] || did;

/** The wallet, which shows one prompt to open a bundle of whatever kind. */
function askedWallet(client: ClientContext, wallet: WalletSigner, did: Did): BundleWallet {
  const ask = <Answer>(text: string, sign: () => Promise<Answer>): Promise<Answer> =>
    askWallet(client, { purpose: 'open-keys', text, of: client.prompts + 1 }, sign);
  const { signTypedData, decrypt } = wallet;
  return {
    signMessage: (text) => ask(text, () => signAs(wallet, did, text)),
    ...(signTypedData && { signTypedData: (domain, data) => ask(data, () => signTypedData(domain, data)) }),
    ...(decrypt && { decrypt: (bundle) => ask(DECRYPT_TEXT, () => decrypt(bundle)) }),
  };
}

/** A wallet that decrypts a bundle of 2022 shows a text of its own. */
const DECRYPT_TEXT = 'Decrypt the chat keys of this account';

/** The wallet's signature, which must come from the account that is being unlocked (security WA-06). */
async function signAs(wallet: WalletSigner, did: Did, text: string): Promise<string> {
  const signature = parseWalletSignature(await wallet.signMessage(text));
  if (recoverMessage(text, signature) === addressOf(did)?.toLowerCase()) return signature;
  throw new PushChatError('WalletChanged', 'The wallet signed with another account. Switch back, or reconnect.');
}
