import { parseDid } from '../../protocol/did.ts';
import { MAX_PAGE_SIZE } from '../../protocol/limits.ts';
import { routes, type Route } from '../../protocol/routes.ts';
import type { NodeContext } from '../context.ts';
import { chatInfo, findFeed, headOf, listFeeds } from '../readChats.ts';
import { pageIn, pathValue, type Bind } from './answer.ts';

/** How an account stands with a recipient; asked by the official client only (protocol 4.3). */
const CHAT_INFO: Route = { method: 'GET', path: '/apis/v1/chat/:recipient/address/:did' };

/** Lists of chats and requests, and single chats (protocol 4). */
export function bindChats(bind: Bind, node: NodeContext): void {
  for (const list of ['chats', 'requests'] as const) {
    bind(routes[list](':did', 1, 1), async (context) => {
      const did = parseDid(pathValue(context, 'did'));
      const page = pageIn(context, { max: MAX_PAGE_SIZE });
      return context.json({ [list]: await node.store.read((rows) => listFeeds(rows, did, list === 'chats', page)) });
    });
  }

  bind(routes.chat(':did', ':recipient'), async (context) => {
    const did = parseDid(pathValue(context, 'did'));
    const feed = await node.store.read((rows) => findFeed(rows, did, pathValue(context, 'recipient')));
    return context.json(feed ?? {});
  });

  bind(routes.head(':did', ':recipient'), async (context) => {
    const did = parseDid(pathValue(context, 'did'));
    return context.json(await node.store.read((rows) => headOf(rows, did, pathValue(context, 'recipient'))));
  });

  bind(CHAT_INFO, async (context) => {
    const did = pathValue(context, 'did');
    return context.json(await node.store.read((rows) => chatInfo(rows, did, pathValue(context, 'recipient'))));
  });
}
