import type { ErrorCode } from '../errors.ts';
import type { Binding } from './binding.ts';

/** A message of a thread, as far as its place is concerned. */
export interface PlacedMessage {
  readonly id: string;
  readonly from: string;
  /** Id of the message before, as the node says; null for the first. */
  readonly link: string | null;
  /** What its sender says of its place, inside the encryption. */
  readonly binding?: Binding | undefined;
}

/** Something about a thread that its reader ought to know, at the place where it was found. */
export interface ChainFinding {
  readonly code: Extract<ErrorCode, 'ChainBroken' | 'ChainFork' | 'HistoryGap' | 'LinkCycle'>;
  /** The message that it stands before. */
  readonly before: string;
  /** How many messages are missing, where their sender's count tells. */
  readonly missing?: number;
}

/** How much of a thread is here. */
export interface Extent {
  /**
   * Where older pages go on: what it and those before it link to may well be missing. Null when the beginning is here.
   */
  readonly older: string | null;
}

/**
 * What the links of a thread, and the places that its senders wrote into their messages, tell of messages that were kept
 * back, moved or rewritten (security CH-05 to CH-14). Depends on the messages and their order alone; takes linear time,
 * or the time of the new messages alone where they only come after those of an earlier inspection.
 * @param messages oldest first
 * @param earlier is used up by this; only its findings stay
 */
export function inspectThread(messages: readonly PlacedMessage[], { older }: Extent, earlier?: Inspection): Inspection {
  const inspection = earlier && goesOn(earlier, messages, older) ? earlier : begin(messages, older);
  const { judged } = inspection;
  const findings = messages.slice(judged).flatMap((message, i) => judge(inspection, message, judged + i) ?? []);
  return {
    ...inspection,
    messages,
    judged: messages.length,
    findings: findings.length > 0 ? [...inspection.findings, ...findings] : inspection.findings,
  };
}

/** What is known of a thread after a look at its messages. */
export interface Inspection {
  readonly findings: readonly ChainFinding[];
  readonly messages: readonly PlacedMessage[];
  /** How many of them were judged. */
  readonly judged: number;
  readonly older: string | null;
  readonly places: Map<string, number>;
  readonly circles: ReadonlySet<number>;
  /** Ids that messages name and that are not here. */
  readonly absent: Set<string>;
  /** What a message before links to; the first one of a thread to nothing. */
  readonly linked: Set<string | null>;
  /** The highest number of each sender so far. */
  readonly counts: Map<string, number>;
  readonly sofar: {
    /** How many messages link to nothing. */
    beginnings: number;
    /** The last message that is part of a broken stretch. */
    broken?: number;
  };
}

function begin(messages: readonly PlacedMessage[], older: string | null): Inspection {
  const places = new Map(messages.map(({ id }, i) => [id, i]));
  return {
    findings: [],
    messages,
    judged: 0,
    older,
    places,
    circles: findCircles(messages, places),
    absent: new Set(),
    linked: new Set(),
    counts: new Map(),
    sofar: { beginnings: 0 },
  };
}

/** Whether there are only new messages at the end, which none of the others waits for. Enters their places. */
function goesOn(earlier: Inspection, messages: readonly PlacedMessage[], older: string | null): boolean {
  const { judged, places, absent } = earlier;
  if (earlier.older !== older || messages.length < judged) return false;
  if (earlier.messages.some((message, i) => messages[i] !== message)) return false;
  const added = messages.slice(judged);
  const later = new Set(added.map(({ id }) => id));
  // A circle takes a message that links to a younger one, or to itself.
  for (const { id, link } of added) {
    if (id === older || absent.has(id) || places.has(id) || (link !== null && later.has(link))) return false;
    later.delete(id);
  }
  added.forEach(({ id }, i) => places.set(id, judged + i));
  return true;
}

function judge(inspection: Inspection, message: PlacedMessage, i: number): ChainFinding | undefined {
  const { places, older, sofar } = inspection;
  noteAbsent(inspection, message);
  const missing = countMissing(inspection, message);
  const link = judgeLink(inspection, message, i);
  if (older !== null && i <= (places.get(older) ?? -1)) return undefined;
  // Two may write at once: that says the least, so whatever else is found counts before it.
  const severe = link === 'ChainFork' ? undefined : link;
  const code = severe ?? (missing > 0 ? 'HistoryGap' : (judgePlace(inspection, message, i) ?? link));
  if (code === undefined) return undefined;
  // Whatever follows a rewritten message was written to another one than is here: once is enough.
  const repeats = code === 'ChainBroken' && sofar.broken === i - 1;
  if (code === 'ChainBroken') sofar.broken = i;
  return repeats ? undefined : { code, before: message.id, ...(code === 'HistoryGap' && missing > 0 && { missing }) };
}

function noteAbsent({ places, absent }: Inspection, { link, binding }: PlacedMessage): void {
  for (const id of [link, binding?.prev]) if (id != null && !places.has(id)) absent.add(id);
}

function judgeLink(inspection: Inspection, { link }: PlacedMessage, i: number): ChainFinding['code'] | undefined {
  const { places, older, circles, linked, sofar } = inspection;
  if (circles.has(i)) return 'LinkCycle';
  const shared = linked.has(link);
  linked.add(link);
  if (link === null) {
    sofar.beginnings += 1;
    if (i === 0) return undefined;
    // Two may write the first message at once; later nothing begins anew.
    return older === null && sofar.beginnings === i + 1 ? 'ChainFork' : 'ChainBroken';
  }
  const place = places.get(link);
  if (place === undefined) return 'HistoryGap';
  if (place > i) return 'ChainBroken';
  return shared ? 'ChainFork' : undefined;
}

/** How many numbered messages of the same sender there must have been since the last one that is here. */
function countMissing({ counts }: Inspection, { from, binding }: PlacedMessage): number {
  if (binding?.seq === undefined) return 0;
  const last = counts.get(from);
  counts.set(from, Math.max(last ?? 0, binding.seq));
  return last === undefined ? 0 : Math.max(0, binding.seq - last - 1);
}

/** The message that the sender had seen last must be here, and before this one. */
function judgePlace({ places, older }: Inspection, { binding }: PlacedMessage, i: number): 'ChainBroken' | undefined {
  if (binding?.prev == null) return undefined;
  const place = places.get(binding.prev);
  return place === undefined ? (older === null ? 'ChainBroken' : undefined) : place >= i ? 'ChainBroken' : undefined;
}

/** The places of all messages whose links lead back to themselves. */
function findCircles(messages: readonly PlacedMessage[], places: ReadonlyMap<string, number>): Set<number> {
  const circles = new Set<number>();
  /** The walk on which each place was first met. */
  const met: (number | undefined)[] = [];
  messages.forEach((_, start) => {
    const walk: number[] = [];
    let at: number | undefined = start;
    while (at !== undefined && met[at] === undefined) {
      met[at] = start;
      walk.push(at);
      const link: string | null | undefined = messages[at]?.link;
      at = link == null ? undefined : places.get(link);
    }
    if (at !== undefined && met[at] === start) for (const place of walk.slice(walk.indexOf(at))) circles.add(place);
  });
  return circles;
}
