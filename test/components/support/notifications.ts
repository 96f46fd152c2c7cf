import { INITIAL_STATE } from '../../../src/client/state.ts';
import type { BoxState, ChannelNotification, ChannelsState } from '../../../src/client/channels/channelsState.ts';
import { NO_CHANNELS } from '../../../src/client/channels/channelsState.ts';
import type { NotificationPermit, NotificationPlatform } from '../../../src/client/notify/browserNotifications.ts';
import { createStore } from '../../../src/client/store.ts';
import { NOW } from './items.ts';
import { MAYA, NORA, RAVI } from './people.ts';
import { ready, stateClient, type StateClient } from './stateClient.ts';

type Said = Extract<ChannelNotification, { readonly content: unknown }>;

let lastId = 0;

/** A notification that passed its checks. */
export function notified(
  title: string,
  {
    text = '',
    link = '',
    channel = MAYA,
    minutesAgo = 5,
    state = 'verified',
  }: Partial<Record<string, unknown>> & {
    readonly text?: string;
    readonly link?: string;
    readonly channel?: Said['channel'];
    readonly minutesAgo?: number;
    readonly state?: Said['state'];
  } = {},
): Said {
  lastId += 1;
  return {
    id: String(lastId),
    digest: `act ${lastId}`,
    channel,
    timestamp: NOW - minutesAgo * 60_000,
    state,
    signedBy: 'key',
    content: {
      type: 'targeted',
      notification: { title, body: text },
      data: { acta: link, aimg: '', amsg: text, asub: title, type: '3' },
      recipients: '',
      to: [],
    },
  };
}

/** Every state that one can be in. */
export const EVERY_NOTIFICATION: readonly ChannelNotification[] = [
  notified('Proposal 41 passed', {
    text: 'It takes effect on *Friday*. The votes and the full text: https://vote.example.org/41',
    link: 'https://vote.example.org/proposals/41',
  }),
  notified('Your deployment is live', { channel: NORA, minutesAgo: 50, link: 'https://paypal.com@evil.example' }),
  notified('An older channel', {
    channel: RAVI,
    minutesAgo: 300,
    text: 'Its key is one that no wallet vouches for.',
    state: 'signed',
  }),
  { id: 'q', channel: NORA, timestamp: NOW - 500 * 60_000, state: 'quarantined', reason: 'ProofInvalid' },
  { id: 'u', channel: RAVI, timestamp: NOW - 2_000 * 60_000, state: 'unchecked' },
];

export const boxOf = (items: readonly ChannelNotification[], more: Partial<BoxState> = {}): BoxState => ({
  items,
  loading: { status: 'loaded' },
  nextPage: null,
  ...more,
});

/** A client whose channels are in a given state, and which notes what it is asked for. */
export function channelsClient(state: Partial<ChannelsState>): StateClient & { readonly asked: string[] } {
  const asked: string[] = [];
  const ask = (name: string) => (what: string) => {
    asked.push(`${name} ${what}`);
    return Promise.resolve();
  };
  const channels = {
    store: createStore<ChannelsState>({ ...NO_CHANNELS, ...state }),
    follow: () => () => undefined,
    load: ask('load'),
    optIn: ask('optIn'),
    optOut: ask('optOut'),
  };
  return { ...stateClient({ ...INITIAL_STATE, ...ready }, { channels }), asked };
}

/** A device that notes what it is asked to show. */
export function platformOf(permit: NotificationPermit = 'granted') {
  let now = permit;
  const shown: string[] = [];
  const opens: (() => void)[] = [];
  let chimes = 0;
  const platform: NotificationPlatform = {
    permit: () => now,
    ask: () => {
      now = 'granted';
      return Promise.resolve(now);
    },
    show: ({ title, body }, open) => {
      shown.push(body === '' ? title : `${title}: ${body}`);
      opens.push(open);
      return Promise.resolve();
    },
    chime: () => {
      chimes += 1;
    },
  };
  return { platform, shown, opens, chimes: () => chimes };
}
