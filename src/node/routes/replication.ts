import type { Context } from 'hono';
import { sha256Hex } from '../../crypto/hash.ts';
import { PushChatError } from '../../errors.ts';
import { malformed } from '../../protocol/fields.ts';
import type { NodeContext } from '../context.ts';
import { FULL_PAGE, HINT_PATH, JOURNAL_PATH, MAX_ENTRIES, type JournalPage } from '../replication/journalPage.ts';
import { entryAt, entryId, journalAfter, lastNumber } from '../tables/journal.ts';
import { queryNumber, type Bind } from './answer.ts';

/** The journal of all acts that this node took, for other nodes to follow and to check. */
export function bindReplication(bind: Bind, node: NodeContext, news: EventTarget, secret?: string): void {
  const expected = secret === undefined ? undefined : sha256Hex(`Bearer ${secret}`);
  const checkPeer = ({ req }: Context): void => {
    // Hashes, so that the time that it takes says nothing about the secret.
    if (expected !== undefined && sha256Hex(req.header('authorization') ?? '') !== expected) {
      throw new PushChatError('NotPermitted', 'This node’s journal is for its peers.');
    }
  };

  bind({ method: 'GET', path: JOURNAL_PATH }, async (context) => {
    checkPeer(context);
    const after = numberIn(context, 'after');
    const limit = queryNumber(context, 'limit', MAX_ENTRIES, MAX_ENTRIES);
    return context.json(await pageAfter(node, after, limit));
  });

  // A hint that somebody's journal has grown, which is not believed: this node looks, as it would have done soon anyway.
  bind({ method: 'POST', path: HINT_PATH }, (context) => {
    checkPeer(context);
    news.dispatchEvent(new Event('hinted'));
    return Promise.resolve(context.body(null, 204));
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
