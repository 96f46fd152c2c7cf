import { PushChatError } from '../errors.ts';
import { directTransport, type LocalNode } from './directTransport.ts';
import { httpTransport } from './httpTransport.ts';
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
 * The way to a node that a host asks for.
 * @throws {PushChatError} `InvalidConfig` when it names none
 */
export function chooseTransport({ transport, node, env }: NodeChoice): Transport {
  if (transport) return transport;
  const chosen = node ?? (env && NODES[env]);
  if (chosen === undefined) throw new PushChatError('InvalidConfig', 'Pass `node` (an address), `env` or `transport`.');
  return typeof chosen === 'string' ? httpTransport(chosen) : directTransport(chosen);
}
