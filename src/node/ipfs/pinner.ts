import { asPushChatError, PushChatError } from '../../errors.ts';
import { encodeBlock } from '../../protocol/cid.ts';
import type { NodeContext } from '../context.ts';
import { journalAfter, type NumberedEntry } from '../tables/journal.ts';
import { requireBlock } from '../tables/messages.ts';
import { lastPinned, savePinned } from '../tables/pins.ts';

export interface PinnerConfig {
  /** Of an IPFS node's RPC, such as `http://127.0.0.1:5001`. */
  readonly url: string;
  /** @default the platform's */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** Puts every block of a node to an IPFS node, in the order of the journal. */
export interface Pinner {
  /**
   * Puts the next blocks, and notes how far it came. A message never waits for this, and a block that the IPFS node
   * does not take is put again next time.
   * @returns whether there is more
   * @throws {PushChatError} `NetworkUnavailable`, `NodeError`
   */
  readonly pin: (signal?: AbortSignal) => Promise<boolean>;
}

/** Blocks between two notes of how far it came. */
const BATCH = 50;

export function createPinner(node: Pick<NodeContext, 'store' | 'warn'>, config: PinnerConfig): Pinner {
  const { url } = config;
  return {
    pin: async (signal) => {
      const entries = await node.store.read(async (rows) => journalAfter(rows, await lastPinned(rows, url), BATCH));
      for (const entry of entries) if (entry.cid !== undefined) await pinOne(node, config, entry.cid, signal);
      const last: NumberedEntry | undefined = entries.at(-1);
      if (last) await node.store.write((rows) => savePinned(rows, url, last.number));
      return entries.length === BATCH;
    },
  };
}

async function pinOne(
  node: Pick<NodeContext, 'store' | 'warn'>,
  config: PinnerConfig,
  cid: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  let bytes: Uint8Array;
  try {
    bytes = encodeBlock(await node.store.read((rows) => requireBlock(rows, cid)));
  } catch (error) {
    // A block that is damaged here cannot be put anywhere, and must not keep back those after it.
    node.warn(asPushChatError(error));
    return;
  }
  const made = await put(config, bytes, signal);
  if (made !== cid) node.warn(new PushChatError('CidMismatch', `The IPFS node named the block ${cid} otherwise.`));
}

/** Kubo's RPC, `block/put`. @returns the CID that the IPFS node made */
async function put(
  { url, fetch = globalThis.fetch }: PinnerConfig,
  bytes: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const address = new URL('/api/v0/block/put?cid-codec=dag-cbor&mhtype=sha2-256&pin=true', url);
  const body = new FormData();
  body.set('data', new Blob([new Uint8Array(bytes)]));
  const response = await fetch(
    new Request(address, { method: 'POST', body, redirect: 'error', ...(signal && { signal }) }),
  ).catch((cause: unknown) => {
    throw new PushChatError('NetworkUnavailable', `The IPFS node at ${address.origin} does not answer.`, { cause });
  });
  if (!response.ok) throw new PushChatError('NodeError', `The IPFS node answered ${response.status}.`);
  const answer = (await response.json().catch(() => null)) as { readonly Key?: unknown } | null;
  return typeof answer?.Key === 'string' ? answer.Key : undefined;
}
