import { base64url } from 'multiformats/bases/base64';
import { PushChatError } from '../../errors.ts';
import { parseJson } from '../../protocol/parseJson.ts';
import { parsePeer, type Peer } from '../../protocol/peer.ts';
import type { ThreadItem } from '../state.ts';

/**
 * How far the messages of one chat are handled. A message may come late and stand before others that were handled, so a
 * single mark would not do: for a while each one is noted.
 */
export interface Place {
  /** Whatever is of this time or earlier is handled, in milliseconds since the epoch. */
  readonly floor: number;
  /** What is handled of later times: names of messages, with their times. */
  readonly done: Readonly<Record<string, number>>;
}

/** Where a chat begins that is not handled at all. */
export const placeFrom = (floor: number): Place => ({ floor, done: {} });

/** So much later than its time a message may come, such as from another node, and is handled still. */
const LATE_MS = 10 * 60_000;
/** More than anybody writes in that time; of a flood only the newest are noted. */
const MOST_DONE = 500;

/** Names the signed act, so that a replay under another id is the same message; what has none is named by its id. */
export const nameOf = ({ digest, id }: Pick<ThreadItem, 'digest' | 'id'>): string => digest?.slice(0, 32) ?? id;

export const isHandled = ({ floor, done }: Place, item: Pick<ThreadItem, 'digest' | 'id' | 'timestamp'>): boolean =>
  item.timestamp <= floor || Object.hasOwn(done, nameOf(item));

/** The place after one more message. */
export function handle(place: Place, item: Pick<ThreadItem, 'digest' | 'id' | 'timestamp'>): Place {
  const done = Object.entries({ ...place.done, [nameOf(item)]: item.timestamp }).sort(([, a], [, b]) => b - a);
  const newest = done[0]?.[1] ?? place.floor;
  const flood = done[MOST_DONE]?.[1] ?? place.floor;
  const floor = Math.max(place.floor, newest - LATE_MS, flood);
  return { floor, done: Object.fromEntries(done.filter(([, at]) => at > floor)) };
}

/** How far all chats are handled. */
export interface Places {
  /** Where a chat begins that is not named. */
  readonly base: number;
  /** Whether groups were followed: those that are not named then begin there too. */
  readonly groups: boolean;
  readonly chats: ReadonlyMap<Peer, Place>;
}

/** Before the rest of a cursor: its layout. */
const LAYOUT = 'c1.';

/** A text that a program can keep, to go on from there later. */
export function formatCursor({ base, groups, chats }: Places): string {
  const json = JSON.stringify([base, [...chats].map(([peer, { floor, done }]) => [peer, floor, done]), groups]);
  return LAYOUT + base64url.baseEncode(new TextEncoder().encode(json));
}

/** @throws {PushChatError} `InvalidConfig` for what is no cursor */
export function parseCursor(cursor: string): Places {
  try {
    if (!cursor.startsWith(LAYOUT)) throw new TypeError('another layout');
    const json = new TextDecoder().decode(base64url.baseDecode(cursor.slice(LAYOUT.length)));
    const [base, chats, groups] = parseJson(json) as [unknown, [string, unknown, Record<string, unknown>][], unknown];
    return {
      base: timeOf(base),
      groups: groups === true,
      chats: new Map(
        chats.map(([peer, floor, done]) => [
          parsePeer(peer),
          {
            floor: timeOf(floor),
            done: Object.fromEntries(Object.entries(done).map(([name, at]) => [name, timeOf(at)])),
          },
        ]),
      ),
    };
  } catch (cause) {
    throw new PushChatError('InvalidConfig', 'This is no cursor of this library. Begin from "now" or a date.', {
      cause,
    });
  }
}

function timeOf(value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new TypeError('not a time');
}
