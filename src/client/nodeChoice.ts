import { PushChatError } from '../errors.ts';
import type { LocalNode } from './directTransport.ts';
import { parseOrigin } from './origin.ts';
import type { Transport } from './transport.ts';

/** The public networks (protocol 1.2). */
const NODES = {
  prod: 'https://backend.epns.io',
  staging: 'https://backend-staging.epns.io',
  dev: 'https://backend-dev.epns.io',
  local: 'http://localhost:4000',
} as const;

export type PushEnv = keyof typeof NODES;

/** One of these. */
export interface NodeChoice {
  /** Address of a Push Node, or a node in this process. */
  readonly node?: string | LocalNode | undefined;
  /** A public network instead of `node`. */
  readonly env?: PushEnv | undefined;
  /** Any other way to a node. */
  readonly transport?: Transport | undefined;
}

/**
 * What a host chose: an origin, a node in this process, or its own way.
 * @throws {PushChatError} `InvalidConfig` when it chose none, or an address that is none
 */
export function readNodeChoice({ transport, node, env }: NodeChoice): Transport | LocalNode | string {
  const chosen = transport ?? node ?? (env && NODES[env]);
  if (chosen === undefined) throw new PushChatError('InvalidConfig', 'Pass `node` (an address), `env` or `transport`.');
  return typeof chosen === 'string' ? parseOrigin(chosen) : chosen;
}
