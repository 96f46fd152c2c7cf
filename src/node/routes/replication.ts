import type { Context } from 'hono';
import { PushChatError } from '../../errors.ts';
import { malformed } from '../../protocol/fields.ts';
import type { NodeContext } from '../context.ts';
import { FULL_PAGE, JOURNAL_PATH, MAX_ENTRIES, type JournalPage } from '../replication/journalPage.ts';
import { entryAt, entryId, journalAfter, lastNumber } from '../tables/journal.ts';
import { queryNumber, type Bind } from './answer.ts';

/** The journal of all acts that this node took, for other nodes to follow and to check. */
export function bindReplication(bind: Bind, node: NodeContext, secret?: string): void {
  bind({ method: 'GET', path: JOURNAL_PATH }, async (context) => {
    if (secret !== undefined && context.req.header('authorization') !== `Bearer ${secret}`) {
      throw new PushChatError('NotPermitted', 'This node’s journal is for its peers.');
    }
    const after = numberIn(context, 'after');
    const limit = queryNumber(context, 'limit', MAX_ENTRIES, MAX_ENTRIES);
    return context.json(await pageAfter(node, after, limit));
  });
}

function numberIn(context: Context, name: string): number {
  const text = context.req.query(name) ?? '0';
  if (!/^\d{1,15}$/.test(text)) throw malformed(name);
  return Number(text);
}

function pageAfter({ store }: NodeContext, after: number, limit: number): Promise<JournalPage> {
  return store.read(async (rows) => {
    const before = after === 0 ? undefined : await entryAt(rows, after);
    const entries: JournalPage['entries'][number][] = [];
    let size = 0;
    // One by one, since a single entry may be as large as a page.
    while (entries.length < limit && size < FULL_PAGE) {
      const [entry] = await journalAfter(rows, entries.at(-1)?.number ?? after, 1);
      if (!entry) break;
      entries.push({ id: entryId(entry), ...entry });
      size += JSON.stringify(entry).length;
    }
    return { before: before ? entryId(before) : null, entries, last: await lastNumber(rows) };
  });
}
