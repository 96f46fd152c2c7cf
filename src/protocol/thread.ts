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
 * back, moved or rewritten (security CH-05 to CH-14). Depends on the messages and their order alone; takes linear time.
 * @param messages oldest first
 */
export function inspectThread(messages: readonly PlacedMessage[], { older }: Extent): readonly ChainFinding[] {
  const places = new Map(messages.map(({ id }, i) => [id, i]));
  const from = older === null ? 0 : (places.get(older) ?? -1) + 1;
  const inspection: Inspection = {
    places,
    whole: older === null,
    circles: findCircles(messages, places),
    linked: new Set(),
    counts: new Map(),
    beginnings: 0,
  };
  const findings: ChainFinding[] = [];
  messages.forEach((message, i) => {
    const missing = countMissing(inspection, message);
    const link = judgeLink(inspection, message, i);
    if (i < from) return;
    // Two may write at once: that says the least, so whatever else is found counts before it.
    const severe = link === 'ChainFork' ? undefined : link;
    const code = severe ?? (missing > 0 ? 'HistoryGap' : (judgePlace(inspection, message, i) ?? link));
    if (code === undefined) return;
    // Whatever follows a rewritten message was written to another one than is here: once is enough.
    const repeats = code === 'ChainBroken' && inspection.broken === i - 1;
    if (code === 'ChainBroken') inspection.broken = i;
    if (repeats) return;
    findings.push({ code, before: message.id, ...(code === 'HistoryGap' && missing > 0 && { missing }) });
  });
  return findings;
}

interface Inspection {
  readonly places: ReadonlyMap<string, number>;
  /** Whether the beginning is here. */
  readonly whole: boolean;
  readonly circles: ReadonlySet<number>;
  /** What a message before links to; the first one of a thread to nothing. */
  readonly linked: Set<string | null>;
  /** The highest number of each sender so far. */
  readonly counts: Map<string, number>;
  /** How many messages so far link to nothing. */
  beginnings: number;
  /** The last message that is part of a broken stretch. */
  broken?: number;
}

function judgeLink(inspection: Inspection, { link }: PlacedMessage, i: number): ChainFinding['code'] | undefined {
  const { places, whole, circles, linked, beginnings } = inspection;
  if (circles.has(i)) return 'LinkCycle';
  const shared = linked.has(link);
  linked.add(link);
  if (link === null) {
    inspection.beginnings += 1;
    if (i === 0) return undefined;
    // Two may write the first message at once; later nothing begins anew.
    return whole && beginnings === i ? 'ChainFork' : 'ChainBroken';
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
function judgePlace({ places, whole }: Inspection, { binding }: PlacedMessage, i: number): 'ChainBroken' | undefined {
  if (binding?.prev == null) return undefined;
  const place = places.get(binding.prev);
  return place === undefined ? (whole ? 'ChainBroken' : undefined) : place >= i ? 'ChainBroken' : undefined;
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
