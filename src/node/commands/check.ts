import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asPushChatError } from '../../errors.ts';
import { createOfflineNode } from '../offlineNode.ts';
import { applyEntry } from '../replication/applyEntry.ts';
import { openLibsqlStore } from '../store/libsqlStore.ts';
import { table, type NodeStore } from '../store/store.ts';
import { journalAfter } from '../tables/journal.ts';
import { requireBlock } from '../tables/messages.ts';
import { openHome } from './openHome.ts';
import type { Options } from './options.ts';
import { chainsOf } from './run.ts';

/** Everything that follows from the journal, and so must be as it makes it. */
const KINDS = [
  'act',
  'alias',
  'attestation',
  'blank',
  'block',
  'blocker',
  'blockList',
  'channelFeed',
  'chat',
  'chatId',
  'consent',
  'feed',
  'group',
  'groupAct',
  'groupName',
  'groupSecret',
  'journal',
  'list',
  'member',
  'notification',
  'position',
  'profile',
  'recorded',
  'sent',
  'spelledBlockList',
  'subscribed',
  'subscriber',
  'subscription',
  'thread',
  'underWay',
  'user',
  'withheld',
] as const;

const PAGE = 200;

/**
 * Verifies everything that a node keeps: does every act of its journal again in an empty store, with every check of
 * schema, permission, proof and link, and compares the two stores row by row; each block must be what its CID names.
 * @returns the exit code: 1 when something is wrong
 */
export async function check(options: Options): Promise<number> {
  const store = await openHome(options, { mustExist: true });
  const folder = await mkdtemp(join(tmpdir(), 'push-node-check-'));
  try {
    const again = await openLibsqlStore(folder);
    const faults: string[] = [];
    const acts = await replay(store, again, { options, faults });
    const rows = await compare(store, again, faults);
    await again.close();
    for (const fault of faults) process.stdout.write(`${fault}\n`);
    process.stdout.write(
      `${acts} acts and ${rows} rows checked: ${faults.length === 0 ? 'all in order' : `${faults.length} faults`}.\n`,
    );
    return faults.length === 0 ? 0 : 1;
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function replay(
  from: NodeStore,
  to: NodeStore,
  { options, faults }: { readonly options: Options; readonly faults: string[] },
): Promise<number> {
  const node = createOfflineNode(to, { chains: chainsOf(options), warn: () => undefined });
  for (let number = 0; ;) {
    const entries = await from.read((rows) => journalAfter(rows, number, PAGE));
    for (const entry of entries) {
      await applyEntry(node, entry).catch((thrown: unknown) => {
        const { code, message } = asPushChatError(thrown);
        faults.push(`act ${entry.number} (${entry.verb}): ${code}: ${message}`);
      });
    }
    const last = entries.at(-1);
    if (!last) return number;
    number = last.number;
  }
}

async function compare(kept: NodeStore, made: NodeStore, faults: string[]): Promise<number> {
  let count = 0;
  for (const kind of KINDS) {
    const missing = new Map<string, string>();
    for await (const [key, record] of rowsOf(made, kind)) missing.set(key, record);
    for await (const [key, record] of rowsOf(kept, kind)) {
      count += 1;
      if (kind === 'block') faults.push(...(await blockFaults(kept, key)));
      else if (!missing.has(key)) faults.push(`${kind} ${key}: nothing in the journal makes it`);
      else if (missing.get(key) !== record) faults.push(`${kind} ${key}: not as the journal makes it`);
      missing.delete(key);
    }
    for (const key of missing.keys()) faults.push(`${kind} ${key}: missing`);
  }
  return count;
}

async function blockFaults(store: NodeStore, cid: string): Promise<string[]> {
  try {
    await store.read((rows) => requireBlock(rows, cid));
    return [];
  } catch (error) {
    return [`block ${cid}: ${asPushChatError(error).message}`];
  }
}

async function* rowsOf(store: NodeStore, kind: string): AsyncGenerator<[key: string, record: string]> {
  for (let after: string | undefined; ;) {
    const range = { limit: PAGE, ...(after !== undefined && { after }) };
    const rows = await store.read((all) => all.list(table<unknown>(kind), range));
    for (const { key, value } of rows) yield [key, JSON.stringify(value)];
    const last = rows.at(-1);
    if (!last) return;
    after = last.key;
  }
}
