import { parseDid, type Did } from '../../protocol/did.ts';
import { malformed } from '../../protocol/fields.ts';
import { routes } from '../../protocol/routes.ts';
import type { Context } from 'hono';
import type { NodeContext } from '../context.ts';
import { changeSubscription } from '../notifications/changeSubscription.ts';
import {
  channelInfo,
  listNotifications,
  listSubscribers,
  listSubscriptions,
  searchChannels,
} from '../notifications/readNotifications.ts';
import { sendNotification } from '../notifications/sendNotification.ts';
import { readJson } from '../readJson.ts';
import type { Box } from '../tables/notifications.ts';
import { pageIn, pathValue, type Bind } from './answer.ts';

const MAX_PAGE = 30;

/** Notifications: sending them, opting in to channels and out, and reading what came (protocol 7). */
export function bindNotifications(bind: Bind, node: NodeContext): void {
  bind(routes.sendNotification(), async (context) =>
    context.json({ payload_id: await sendNotification(node, await readJson(context.req.raw)) }, 201),
  );
  bind(routes.subscribe(':channel'), async (context) => {
    const input = await readJson(context.req.raw);
    await changeSubscription(node, pathValue(context, 'channel'), { action: 'Subscribe', input });
    return context.body(null, 204);
  });
  bind(routes.unsubscribe(':channel'), async (context) => {
    const input = await readJson(context.req.raw);
    await changeSubscription(node, pathValue(context, 'channel'), { action: 'Unsubscribe', input });
    return context.body(null, 204);
  });

  bindFeeds(bind, node);
  bindChannels(bind, node);
}

function bindFeeds(bind: Bind, { store }: NodeContext): void {
  bind(routes.feeds(':did', 1, 1, false), async (context) => {
    const feed = { did: accountIn(context, 'did'), box: boxIn(context) };
    const page = pageIn(context, { max: MAX_PAGE });
    return context.json(await store.read((rows) => listNotifications(rows, feed, page)));
  });
  bind(routes.channelFeeds(':did', ':channel', 1, 1, false), async (context) => {
    const feed = { did: accountIn(context, 'did'), box: boxIn(context), channel: accountIn(context, 'channel') };
    const page = pageIn(context, { max: MAX_PAGE });
    return context.json(await store.read((rows) => listNotifications(rows, feed, page)));
  });
  bind(routes.subscriptions(':did'), async (context) => {
    const [did, channel] = [accountIn(context, 'did'), context.req.query('channel')];
    const only = channel === undefined ? undefined : parseDid(channel);
    return context.json({ subscriptions: await store.read((rows) => listSubscriptions(rows, did, only)) });
  });
}

function bindChannels(bind: Bind, { store }: NodeContext): void {
  // Before the channel of that name.
  bind(routes.searchChannels('', 1, 1), async (context) => {
    const [words, page] = [context.req.query('query') ?? '', pageIn(context, { max: MAX_PAGE })];
    if (words === '' || words.length > 100) throw malformed('query');
    return context.json(await store.read((rows) => searchChannels(rows, words, page)));
  });
  bind(routes.channel(':channel'), async (context) => {
    const channel = accountIn(context, 'channel');
    return context.json(await store.read((rows) => channelInfo(rows, channel)));
  });
  bind(routes.subscribers(':channel', 1, 1), async (context) => {
    const [channel, page] = [accountIn(context, 'channel'), pageIn(context, { max: MAX_PAGE })];
    return context.json(await store.read((rows) => listSubscribers(rows, channel, page)));
  });
}

const accountIn = (context: Context, name: string): Did => parseDid(pathValue(context, name));

function boxIn(context: Context): Box {
  const spam = context.req.query('spam') ?? 'false';
  if (spam !== 'true' && spam !== 'false') throw malformed('spam');
  return spam === 'true' ? 'spam' : 'inbox';
}
