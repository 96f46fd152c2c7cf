import { directTransport } from './directTransport.ts';
import { httpTransport } from './httpTransport.ts';
import { readNodeChoice, type NodeChoice } from './nodeChoice.ts';
import type { Transport } from './transport.ts';

/**
 * The way to a node that a host asks for.
 * @throws {PushChatError} `InvalidConfig` when it names none
 */
export function chooseTransport(choice: NodeChoice): Transport {
  const chosen = readNodeChoice(choice);
  if (typeof chosen === 'string') return httpTransport(chosen);
  return 'fetch' in chosen ? directTransport(chosen) : chosen;
}
