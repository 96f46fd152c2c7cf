import type { PushChatError } from '../../errors.ts';
import type { Did } from '../../protocol/did.ts';
import {
  NO_CHANNELS,
  type NotificationBox,
  type BoxState,
  type ChannelNotification,
  type ChannelsState,
} from './channelsState.ts';

/** Everything that can happen to the notifications of an account. */
export type ChannelEvent =
  | { readonly type: 'boxLoading'; readonly box: NotificationBox }
  | {
      readonly type: 'boxLoaded';
      readonly box: NotificationBox;
      readonly page: number;
      readonly items: readonly ChannelNotification[];
      readonly nextPage: number | null;
    }
  | { readonly type: 'boxFailed'; readonly box: NotificationBox; readonly error: PushChatError }
  | { readonly type: 'received'; readonly box: NotificationBox; readonly item: ChannelNotification }
  | { readonly type: 'channelsLoaded'; readonly channels: readonly Did[] }
  | { readonly type: 'subscriptionChanged'; readonly channel: Did; readonly isOn: boolean }
  /** Another account, or none. */
  | { readonly type: 'forgotten' };

/** The next state. Total: it answers every event in every state, and never throws. */
export function reduceChannels(state: ChannelsState, event: ChannelEvent): ChannelsState {
  switch (event.type) {
    case 'boxLoading':
      return changeBox(state, event.box, { loading: { status: 'loading' } });
    case 'boxFailed':
      return changeBox(state, event.box, { loading: { status: 'failed', error: event.error } });
    case 'boxLoaded':
      return changeBox(state, event.box, joinPage(state[event.box], event));
    case 'received':
      return changeBox(state, event.box, { items: mergeNotifications(state[event.box].items, [event.item]) });
    case 'channelsLoaded':
      return { ...state, channels: event.channels };
    case 'subscriptionChanged': {
      const others = (state.channels ?? []).filter((channel) => channel !== event.channel);
      return { ...state, channels: event.isOn ? [...others, event.channel] : others };
    }
    case 'forgotten':
      return NO_CHANNELS;
  }
}

/** The first page, read again after an interruption, replaces all before it where so much came that the two do not meet. */
function joinPage(before: BoxState, { page, items, nextPage }: Extract<ChannelEvent, { type: 'boxLoaded' }>): BoxState {
  const loading = { status: 'loaded' } as const;
  const newest = items[0]?.timestamp ?? -Infinity;
  const meets = items.some(({ id }) => before.items.some((known) => known.id === id));
  if (page > 1 || meets) {
    const wasRead = page === 1 && (before.nextPage === null || before.nextPage > 1);
    return { items: mergeNotifications(before.items, items), loading, nextPage: wasRead ? before.nextPage : nextPage };
  }
  const since = before.items.filter(({ timestamp }) => timestamp > newest);
  return { items: mergeNotifications(since, items), loading, nextPage };
}

function changeBox(state: ChannelsState, box: NotificationBox, change: Partial<BoxState>): ChannelsState {
  return { ...state, [box]: { ...state[box], ...change } };
}

/** Names what was said, where that is known: a node may serve it under several ids. */
const nameOf = (item: ChannelNotification): string => ('digest' in item ? item.digest : `id ${item.id}`);

/**
 * Both lists as one, newest first, each act once: the result depends on the set alone. Of one act under two ids or times
 * the earliest stands.
 */
export function mergeNotifications(
  a: readonly ChannelNotification[],
  b: readonly ChannelNotification[],
): readonly ChannelNotification[] {
  const byName = new Map<string, ChannelNotification>();
  for (const item of [...a, ...b].sort(oldestFirst)) {
    if (!byName.has(nameOf(item))) byName.set(nameOf(item), item);
  }
  return [...byName.values()].reverse();
}

const oldestFirst = (a: ChannelNotification, b: ChannelNotification): number =>
  a.timestamp - b.timestamp || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
