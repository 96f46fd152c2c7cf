import { parseArgs } from 'node:util';
import { noticesOf } from '../src/client/notices.ts';
import { reduce, type ChatEvent } from '../src/client/reduce.ts';
import { INITIAL_STATE, type ChatState, type ThreadItem } from '../src/client/state.ts';
import { parseDid, type Did } from '../src/protocol/did.ts';
import { inWords, median, round } from './figures.ts';

const USAGE = `What a long thread and many chats cost a client in memory and time. Messages are put into its state as they are once they are
open; nothing is encrypted or sent.

  npm run bench:scale -- [--messages 100000] [--chats 2000]
`;

const PAGE = 30;

export function main(args: readonly string[]): number {
  const { values } = parseArgs({
    args: [...args],
    options: {
      messages: { type: 'string', default: '100000' },
      chats: { type: 'string', default: '2000' },
      help: { type: 'boolean', default: false },
    },
  });
  const [messages, chats] = [Number(values.messages), Number(values.chats)];
  process.stdout.write(values.help ? USAGE : `${inWords({ ...long(messages), ...many(chats) })}\n`);
  return 0;
}

const accountOf = (i: number): Did => parseDid(`0x${i.toString(16).padStart(40, '0')}`);
const idOf = (peer: Did, i: number): string => `bafyrei${peer.slice(-12).toLowerCase()}${String(i).padStart(40, '0')}`;

/** As a message of some words is kept once it is verified. */
const messageOf = (peer: Did, i: number): ThreadItem => ({
  id: idOf(peer, i),
  link: i === 0 ? null : idOf(peer, i - 1),
  from: i % 2 === 0 ? 'peer' : 'me',
  timestamp: 1_700_000_000_000 + i * 60_000,
  state: 'verified',
  content: { type: 'Text', content: `Message ${i}: the quick brown fox jumps over the lazy dog, and so on and on.` },
  encrypted: true,
  digest: String(i).padStart(64, '0'),
  verification: {
    signer: i % 2 === 0 ? peer : accountOf(0),
    key: { fingerprint: 'f'.repeat(40), level: 'verified', attestedBy: 'eip191v2', earlier: false },
    scheme: 'pgpv3',
    covers: 'whole',
    signedAt: 1_700_000_000_000 + i * 60_000,
    failed: null,
  } as never,
});

function heapMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

function timed<Result>(work: () => Result): [ms: number, result: Result] {
  const start = performance.now();
  const result = work();
  return [performance.now() - start, result];
}

function long(count: number): Record<string, unknown> {
  const peer = accountOf(1);
  const before = heapMb();
  let state: ChatState = INITIAL_STATE;
  const act = (event: ChatEvent): number => {
    const [ms, next] = timed(() => reduce(state, event));
    state = next;
    return ms;
  };
  const pages: number[] = [];
  for (let end = count; end > 0; end -= PAGE) {
    const start = Math.max(0, end - PAGE);
    const items = Array.from({ length: end - start }, (_, i) => messageOf(peer, start + i));
    const older = start === 0 ? null : idOf(peer, start);
    const isFirst = end === count;
    pages.push(
      act(
        isFirst
          ? { type: 'threadLoaded', peer, head: idOf(peer, count - 1), items, older }
          : { type: 'olderLoaded', peer, items, older },
      ),
    );
  }
  const held = heapMb() - before;
  const notice = (): number =>
    timed(() => Object.values(state.threads).map((thread) => noticesOf(thread, undefined)))[0];
  const allNotices = notice();
  const notices: number[] = [];
  const appends = Array.from({ length: 50 }, (_, i) => {
    const item = messageOf(peer, count + i);
    const ms = act({ type: 'messageReceived', peer, item, chatId: 'chat', list: 'chats', unread: true });
    notices.push(notice());
    return ms;
  });
  act({ type: 'threadTrimmed', peer, most: 200 });
  return {
    'messages read': count,
    'one page of 30, ms': round(median(pages)),
    'slowest page, ms': round(Math.max(...pages)),
    'one more message, ms': round(median(appends)),
    'all notices, ms': round(allNotices),
    'notices of one more, ms': round(median(notices)),
    'heap, MB': round(held),
    'heap once nobody looks, MB': round(heapMb() - before),
  };
}

function many(count: number): Record<string, unknown> {
  const before = heapMb();
  let state: ChatState = INITIAL_STATE;
  const act = (event: ChatEvent): number => {
    const [ms, next] = timed(() => reduce(state, event));
    state = next;
    return ms;
  };
  const receive = (peer: Did, i: number): ChatEvent => ({
    type: 'messageReceived',
    peer,
    item: messageOf(peer, i),
    chatId: 'chat',
    list: 'chats',
    unread: true,
  });
  for (let i = 1; i <= count; i += 1) act(receive(accountOf(i), i));
  const news = Array.from({ length: 50 }, (_, i) => act(receive(accountOf(1 + ((i * 37) % count)), count + i)));
  return { chats: count, 'news in one chat, ms': round(median(news)), 'heap of chats, MB': round(heapMb() - before) };
}
