import { asPushChatError, escapeControls, type ErrorCode, type PushChatError } from '../errors.ts';
import { jsonLine, type Terminal } from './terminal.ts';

/** What a program that calls this one is told. */
export const EXIT = { done: 0, refused: 1, usage: 2, network: 3, key: 4, interrupted: 130 } as const;

export const EXIT_HELP = `Exit code: 0 done, 1 refused (by the node, the peer, or because a proof does not hold), 2 wrong arguments or a
file that cannot be used, 3 the node cannot be reached or took too long (try again), 4 no usable key or a wrong password,
130 interrupted. Errors are one line on standard error; with --json an object {"error":{"code","message"}}.
`;

const NETWORK: ReadonlySet<ErrorCode> = new Set([
  'ChainUnavailable',
  'HeadConflict',
  'NetworkTimeout',
  'NetworkUnavailable',
  'RateLimited',
  'StoreUnavailable',
]);
const USAGE: ReadonlySet<ErrorCode> = new Set([
  'InvalidAddress',
  'InvalidConfig',
  'StorageCorrupt',
  'StorageQuota',
  'StorageUnavailable',
]);
const KEY: ReadonlySet<ErrorCode> = new Set([
  'KeyBundleMalformed',
  'KeyMismatch',
  'WalletChanged',
  'WalletNonDeterministic',
  'WalletUnsupported',
]);

function exitCodeOf({ code }: PushChatError): number {
  if (NETWORK.has(code)) return EXIT.network;
  if (USAGE.has(code)) return EXIT.usage;
  return KEY.has(code) ? EXIT.key : EXIT.refused;
}

/** Tells what went wrong. @returns the exit code for it */
export function complainOf(thrown: unknown, json: boolean, { complain }: Pick<Terminal, 'complain'>): number {
  const error = asPushChatError(thrown);
  const { code } = error;
  // What Node.js itself says, such as of a file that is not there, or an option that does not exist.
  const message = code === 'Internal' && error.cause instanceof Error ? error.cause.message : error.message;
  complain(json ? jsonLine({ error: { code, message } }) : `push-chat: ${escapeControls(message)}\n`);
  return code === 'Internal' ? EXIT.usage : exitCodeOf(error);
}
