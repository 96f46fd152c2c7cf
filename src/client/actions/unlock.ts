import { sha256Hex } from '../../crypto/hash.ts';
import { parseKeyBundle, randomPreKey, unlockText, type BundleWallet } from '../../crypto/keyBundle.ts';
import { sameKey } from '../../crypto/pgpPublicKey.ts';
import { parseWalletSignature, recoverMessage, standardSignature } from '../../crypto/walletSignature.ts';
import { asPushChatError, PushChatError } from '../../errors.ts';
import { profileKeysText } from '../../protocol/canonical.ts';
import { addressOf, parseDid, type Did } from '../../protocol/did.ts';
import { parseUser } from '../../protocol/parseAnswer.ts';
import type { UserCreation, WireUser } from '../../protocol/payload.ts';
import { armoredKey, formatPublicKey } from '../../protocol/publicKey.ts';
import { routes } from '../../protocol/routes.ts';
import { askWallet } from '../askWallet.ts';
import type { Account, ClientContext } from '../context.ts';
import type { KnownUser } from '../keyring.ts';
import { keepHeads } from '../cache/keptHeads.ts';
import { keepThreads } from '../cache/threadCache.ts';
import { keepKeys, keptKeys } from '../keys/keepKeys.ts';
import type { UnlockOptions } from '../keys/keepUnlocked.ts';
import { dropOldClaims } from '../notify/claims.ts';
import { holdViews } from '../notify/holdViews.ts';
import { isPassing } from '../outbox/outgoing.ts';
import { resumeOutbox } from '../outbox/resumeOutbox.ts';
import type { WalletSigner } from '../signer.ts';
import type { WalletPurpose } from '../walletPrompt.ts';
import { openAccountVault } from '../storage/openAccountVault.ts';
import type { Vault } from '../storage/vault.ts';
import type { UnlockStep } from '../state.ts';

/**
 * Opens the account's keys with the wallet, or makes them when it has none.
 * @throws {PushChatError} `WalletRejected`, `WalletTimeout`, `WalletChanged`, `WalletNonDeterministic`, `WalletUnsupported`, `KeyUnattested`, `KeyMismatch`,
 *   `KeyBundleMalformed`, `DecryptFailed`, and what the node or network says; the session is then locked as before
 */
export async function unlock(client: ClientContext, { keep = true }: UnlockOptions = {}): Promise<void> {
  const { wallet } = client;
  if (!wallet) throw new PushChatError('InvalidConfig', 'Connect a wallet and pass its signer first.');
  const did = parseDid(await wallet.getAddress());
  const report = (step: UnlockStep): void => {
    client.dispatch({ type: 'sessionChanged', session: { status: 'unlocking', did, step } });
  };
  try {
    client.prompts = 0;
    report({ name: 'reading' });
    const vault = await openAccountVault(client, did);
    const unlocking = { client, wallet, did, report };
    const kept = await reopen(client, did, vault);
    const opened = kept ?? (await askForKeys(unlocking));
    const account = ready(client, { did, ...opened, vault });
    if (kept !== undefined || (keep && (await keepKeys(client, account)))) noteKept(client, account);
    opened.keys.confine();
  } catch (thrown) {
    const error = asPushChatError(thrown);
    client.dispatch({ type: 'sessionChanged', session: { status: 'locked', did, error } });
    throw error;
  }
}

/** Its keys stay on this device. */
function noteKept(client: ClientContext, { did }: Account): void {
  const { session } = client.get();
  if (session.status === 'ready' && session.did === did) {
    client.dispatch({ type: 'sessionChanged', session: { ...session, kept: true } });
  }
}

function ready(client: ClientContext, opened: Omit<Account, 'tabs'>): Account {
  const { did } = opened;
  client.account = { ...opened, tabs: client.joinTabs(did) };
  client.dispatch({ type: 'sessionChanged', session: { status: 'ready', did } });
  client.resumed = resumeOutbox(client);
  keepThreads(client);
  keepHeads(client);
  void client.drafts.open(client.account.vault);
  void client.removed.open(client.account.vault);
  void client.untold.open(client.account.vault);
  const { vault, tabs } = client.account;
  const tellKept = (): void => tabs.tell('kept');
  void client.muted.open(vault, tellKept);
  void client.notifying.open(vault, tellKept);
  holdViews(client);
  dropOldClaims(vault, client.now()).catch((error: unknown) => client.warn(asPushChatError(error)));
  return client.account;
}

/** Opens the account that the wallet names with the keys that this device keeps; does nothing where there are none. */
export async function reopenOnly(client: ClientContext): Promise<void> {
  const { session } = client.get();
  if (session.status !== 'locked') return;
  const { did } = session;
  const reopening = { status: 'reopening', did } as const;
  client.dispatch({ type: 'sessionChanged', session: reopening });
  const isOpening = (): boolean => client.get().session === reopening;
  try {
    const vault = await openAccountVault(client, did);
    const kept = await reopen(client, did, vault);
    if (kept && isOpening()) {
      const account = ready(client, { did, ...kept, vault });
      noteKept(client, account);
      account.keys.confine();
    }
  } catch (error) {
    client.warn(asPushChatError(error));
  }
  if (isOpening()) client.dispatch({ type: 'sessionChanged', session });
}

type OpenedKeys = Pick<Account, 'wireId' | 'keys'>;

/**
 * Opens with the keys that this device keeps, without a prompt; undefined when there are none, or when the account has
 * others by now. A node that cannot be reached is no reason not to.
 */
async function reopen(client: ClientContext, did: Did, vault: Vault): Promise<OpenedKeys | undefined> {
  const kept = await keptKeys(client, did, vault);
  if (!kept) return undefined;
  try {
    const { key } = (await client.keyring.refresh(did)) ?? {};
    return key && (await sameKey(kept.keys.publicKey, key.armored)) ? kept : undefined;
  } catch (error) {
    if (isPassing(asPushChatError(error))) return kept;
    throw error;
  }
}

async function askForKeys(unlocking: Unlocking): Promise<OpenedKeys> {
  const known = await unlocking.client.keyring.refresh(unlocking.did);
  return known?.key ? openAccount(unlocking, known) : createAccount(unlocking);
}

interface Unlocking {
  readonly client: ClientContext;
  readonly wallet: WalletSigner;
  readonly did: Did;
  readonly report: (step: UnlockStep) => void;
}

/** One prompt. Everything that can be checked is checked before the wallet is asked (security G10). */
async function openAccount({ client, wallet, did }: Unlocking, { user, key }: KnownUser): Promise<OpenedKeys> {
  if (!key || key.level === 'unattested' || key.level === 'unchecked') {
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
  return { wireId: wireIdOf(user), keys };
}

/**
 * Two prompts: one wraps the new private key, one attests the new public key (protocol 2.3, 2.5). The first is shown twice
 * where the wallet may sign the same text differently each time (security WA-07).
 */
async function createAccount({ client, wallet, did, report }: Unlocking): Promise<OpenedKeys> {
  report({ name: 'generating' });
  const made = await client.holder.generate(client.now(), client.keyType);
  const preKey = randomPreKey(client.random);
  const of = client.prompts + (client.checkWallet ? 3 : 2);
  const sign = (purpose: WalletPurpose, text: string): Promise<string> =>
    askWallet(client, { purpose, text, of }, () => signAs(wallet, did, text));
  const unlockSignature = await sign('open-keys', unlockText(preKey));
  if (client.checkWallet && (await sign('check-wallet', unlockText(preKey))) !== unlockSignature) {
    throw new PushChatError(
      'WalletNonDeterministic',
      'This wallet signs the same text differently each time, so it could never open these keys again. Nothing was published.',
    );
  }
  const published = {
    caip10: did,
    did,
    publicKey: formatPublicKey(made.publicKey),
    encryptedPrivateKey: await made.wrap(preKey, unlockSignature),
  };
  const proof = await sign('attest-keys', sha256Hex(profileKeysText(published)));
  // The page may have been left open at the prompt for long (security WA-03).
  await checkAccount(wallet, did);
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
  return { wireId: wireIdOf(user), keys: made };
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

async function checkAccount(wallet: WalletSigner, did: Did): Promise<void> {
  if (parseDid(await wallet.getAddress()) === did) return;
  throw new PushChatError('WalletChanged', 'The wallet is on another account by now. Switch back, or reconnect.');
}

/** The wallet's signature, which must come from the account that is being unlocked (security WA-06). */
async function signAs(wallet: WalletSigner, did: Did, text: string): Promise<string> {
  const signature = parseWalletSignature(await wallet.signMessage(text));
  if (recoverMessage(text, signature) === addressOf(did)?.toLowerCase()) return signature;
  throw new PushChatError('WalletChanged', 'The wallet signed with another account. Switch back, or reconnect.');
}
