import { createPushChat } from '../client/createPushChat.ts';
import type { PushChatClient } from '../client/PushChatClient.ts';
import type { Signer } from '../client/signerAddress.ts';
import { fileStorage } from '../client/storage/fileStorage.ts';
import { isKeystoreJson, openKeystore } from '../crypto/keystore.ts';
import { localWallet } from '../crypto/walletSignature.ts';
import { PushChatError } from '../errors.ts';
import { parseDid, type Did } from '../protocol/did.ts';
import type { Terminal } from './terminal.ts';

/** Options of every command that has an account. */
export const ACCOUNT_OPTIONS = {
  node: { type: 'string' },
  env: { type: 'string' },
  'key-file': { type: 'string' },
  'password-file': { type: 'string' },
  store: { type: 'string' },
  timeout: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

export interface AccountValues {
  readonly node?: string | undefined;
  readonly env?: string | undefined;
  readonly 'key-file'?: string | undefined;
  readonly 'password-file'?: string | undefined;
  readonly store?: string | undefined;
  readonly timeout?: string | undefined;
  readonly json?: boolean | undefined;
}

export const ACCOUNT_HELP = `  --node URL            Push Node [PUSH_CHAT_NODE]
  --env prod|staging    a public network instead [PUSH_CHAT_ENV]
  --key-file FILE       the wallet's private key in hex, or a keystore (JSON) [PUSH_CHAT_KEY_FILE];
                        PUSH_CHAT_KEY holds the same itself. A key is never an argument: others can see those.
  --password-file FILE  the keystore's password [PUSH_CHAT_PASSWORD]; asked for where somebody can be asked
  --store FILE          what is to be remembered between two calls: what is not sent yet, keys of others, and for how far
                        messages are handled. One program at a time.
  --timeout SECONDS     give up after so long
  --json                print objects, one on a line
  --help                this text
`;

/** An account's wallet, whose key is in this program. */
export interface LocalAccount {
  readonly did: Did;
  readonly address: string;
  readonly signer: Signer;
}

/** @throws {PushChatError} `InvalidConfig` where no key is given, `KeyBundleMalformed` for what is none */
export async function readAccount(values: AccountValues, terminal: Terminal): Promise<LocalAccount> {
  return accountOf(await readKey(values, terminal));
}

export function accountOf(privateKey: string): LocalAccount {
  const { address, signMessage } = localWallet(privateKey);
  const signer: Signer = {
    address,
    source: 'privateKey',
    signMessage: ({ message }: { readonly message: string }) => Promise.resolve(signMessage(message)),
    signTypedData: () =>
      Promise.reject(new PushChatError('WalletUnsupported', 'Keys of 2022 are not opened by this program.')),
  };
  return { did: parseDid(address), address, signer };
}

async function readKey(values: AccountValues, terminal: Terminal): Promise<string> {
  const { env, read, isOpenToOthers, complain } = terminal;
  const file = values['key-file'] ?? (env['PUSH_CHAT_KEY'] ? undefined : env['PUSH_CHAT_KEY_FILE']);
  const given = file === undefined ? env['PUSH_CHAT_KEY'] : read(file);
  if (!given) {
    throw new PushChatError('InvalidConfig', 'Whose account? Give --key-file, or PUSH_CHAT_KEY in the environment.');
  }
  const text = given.trim();
  if (isKeystoreJson(text)) return openKeystore(text, await readPassword(values, terminal));
  if (file !== undefined && file !== '-' && isOpenToOthers(file)) {
    complain(`push-chat: ${file} holds a private key and can be read by others: chmod 600 ${file}\n`);
  }
  if (/^(?:0x)?[0-9a-f]{64}$/i.test(text)) return `0x${text.replace(/^0x/i, '')}`;
  throw new PushChatError('KeyBundleMalformed', 'This is neither a private key of 64 hex digits nor a keystore.');
}

/** @throws {PushChatError} `InvalidConfig` where there is none, and nobody to ask */
export async function readPassword(values: AccountValues, terminal: Terminal): Promise<string> {
  const file = values['password-file'];
  // An editor ends the last line.
  if (file !== undefined) return terminal.read(file).replace(/\r?\n$/, '');
  const given = terminal.env['PUSH_CHAT_PASSWORD'];
  if (given !== undefined) return given;
  if (terminal.isInteractive) return terminal.askSecret('Password of the keystore: ');
  throw new PushChatError('InvalidConfig', 'The keystore has a password: give --password-file or PUSH_CHAT_PASSWORD.');
}

/** Runs a task with the client of an account, which is closed afterwards, whatever becomes of it. */
export async function withChat<Result>(
  {
    values,
    terminal,
    signer,
  }: { readonly values: AccountValues; readonly terminal: Terminal; readonly signer: Signer },
  task: (client: PushChatClient) => Promise<Result>,
): Promise<Result> {
  const { node, env } = nodeOf(values, terminal);
  const storage = values.store === undefined ? undefined : fileStorage(values.store);
  const client = createPushChat({ signer, node, env, ...(storage && { storage }) });
  const stop = (): void => client.close();
  terminal.signal.addEventListener('abort', stop);
  try {
    return await withinTime(values, terminal, () => task(client));
  } finally {
    terminal.signal.removeEventListener('abort', stop);
    client.close();
    storage?.close();
  }
}

function nodeOf({ node, env }: AccountValues, terminal: Terminal): { node?: string; env?: 'prod' | 'staging' } {
  if (node !== undefined) return { node };
  const network = env ?? (terminal.env['PUSH_CHAT_NODE'] ? undefined : terminal.env['PUSH_CHAT_ENV']);
  if (network === 'prod' || network === 'staging') return { env: network };
  if (network !== undefined) throw new PushChatError('InvalidConfig', '--env is prod or staging.');
  const address = terminal.env['PUSH_CHAT_NODE'];
  if (address) return { node: address };
  throw new PushChatError('InvalidConfig', 'Which Push Node? Give --node URL, or PUSH_CHAT_NODE in the environment.');
}

/** Of whole numbers above 0. @throws {PushChatError} `InvalidConfig` */
export function countOf(value: string | undefined, option: string): number | undefined {
  if (value === undefined) return undefined;
  const count = Number(value);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new PushChatError('InvalidConfig', `--${option} wants a whole number above 0.`);
}

async function withinTime<Result>(
  { timeout }: AccountValues,
  { signal }: Terminal,
  task: () => Promise<Result>,
): Promise<Result> {
  const seconds = countOf(timeout, 'timeout');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let interrupt: (() => void) | undefined;
  const gaveUp = new Promise<never>((_, reject) => {
    interrupt = () => reject(new PushChatError('Aborted', 'Interrupted.'));
    signal.addEventListener('abort', interrupt);
    if (seconds === undefined) return;
    const late = new PushChatError('NetworkTimeout', `Not done within ${seconds} seconds. Try again.`);
    timer = setTimeout(() => reject(late), seconds * 1_000);
  });
  try {
    return await Promise.race([task(), gaveUp]);
  } finally {
    clearTimeout(timer);
    if (interrupt) signal.removeEventListener('abort', interrupt);
  }
}
