import { PushChatError } from '../errors.ts';

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The origin of a node's address; plain http only on this very machine.
 * @throws {PushChatError} `InvalidConfig`
 */
export function parseOrigin(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname));
  if (!url || !safe) {
    throw new PushChatError(
      'InvalidConfig',
      `The node's address must be https://… (or http://localhost), not "${address}".`,
    );
  }
  return url.origin;
}
