import { PushChatError } from '../../errors.ts';
import { blockCid, encodeBlock } from '../../protocol/cid.ts';
import type { MessageBody } from '../../protocol/payload.ts';
import { table, type Rows, type WritableRows } from '../store/store.ts';
import { keyOf, sortable } from './keys.ts';

/** What a message's CID names: the body as its sender posted it, and what the node adds (protocol 3.8). */
export interface Block extends MessageBody {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  /** CID of the message before; null for the first of a chat. */
  readonly link: string | null;
}

/** Where a message stands. Threads are named by both accounts (`combinedDid`) or by a group's chat id. */
export interface Position {
  readonly thread: string;
  readonly timestamp: number;
}

const BLOCKS = table<Block>('block');
const POSITIONS = table<Position>('position');
/** By thread, time and CID: the one order in which every node serves a thread. */
const THREADS = table<string>('thread');
/** In the same order, what was sent when one of the two accounts had blocked the other; nobody is served it. */
const WITHHELD = table<string>('withheld');
/** By CID, the digest of a signed body that went to several nodes and has an older CID. */
const ALIASES = table<string>('alias');

/**
 * The block of a CID, read back as what the CID names.
 * @throws {PushChatError} `CidMismatch` for one that was damaged where it is kept
 */
export async function blockOf(rows: Rows, cid: string): Promise<Block | undefined> {
  const block = await rows.get(BLOCKS, cid);
  if (block && blockCid(encodeBlock(block)) !== cid) {
    throw new PushChatError('CidMismatch', `The block ${cid} was damaged in the store.`);
  }
  return block;
}

/** @throws {PushChatError} `NotFound`, `CidMismatch` */
export async function requireBlock(rows: Rows, cid: string): Promise<Block> {
  const block = await blockOf(rows, cid);
  if (!block) throw new PushChatError('NotFound', 'There is no message of this id.');
  return block;
}

export const positionOf = (rows: Rows, cid: string): Promise<Position | undefined> => rows.get(POSITIONS, cid);

/** Keeps a block for ever, and puts it in its place in its thread. */
export async function saveMessage(rows: WritableRows, thread: string, cid: string, block: Block): Promise<void> {
  const { timestamp } = block;
  await keepBlock(rows, thread, cid, block);
  await rows.put(THREADS, placeOf({ thread, timestamp }, cid), cid);
}

/** Keeps a block for ever without a place in its thread. */
export async function keepBlock(rows: WritableRows, thread: string, cid: string, block: Block): Promise<void> {
  await rows.put(BLOCKS, cid, block);
  await rows.put(POSITIONS, cid, { thread, timestamp: block.timestamp });
}

/** Another CID of the body that a digest names: history that begins there begins at the body's older CID. */
export const saveAlias = (rows: WritableRows, cid: string, digest: string): Promise<void> =>
  rows.put(ALIASES, cid, digest);

export const aliasOf = (rows: Rows, cid: string): Promise<string | undefined> => rows.get(ALIASES, cid);

/** Takes a message out of its thread, but leaves its block. */
export async function displace(rows: WritableRows, position: Position, cid: string): Promise<void> {
  await rows.delete(THREADS, placeOf(position, cid));
  await rows.delete(WITHHELD, placeOf(position, cid));
}

/** Puts a message into its thread, or among those that are withheld. */
export async function place(
  rows: WritableRows,
  position: Position,
  cid: string,
  { withheld }: { readonly withheld: boolean },
): Promise<void> {
  await displace(rows, position, cid);
  await rows.put(withheld ? WITHHELD : THREADS, placeOf(position, cid), cid);
}

const MOST_PLACED = 1_000_000;

/** Every message of a thread from a moment on, served or withheld. */
export async function placedSince(rows: Rows, thread: string, at: number): Promise<readonly string[]> {
  const range = { prefix: keyOf(thread, ''), after: keyOf(thread, sortable(at)), limit: MOST_PLACED };
  const found = [...(await rows.list(THREADS, range)), ...(await rows.list(WITHHELD, range))];
  return found.map(({ value }) => value);
}

/** The last message of a thread, in the order in which it is served. */
export async function newestOf(rows: Rows, thread: string): Promise<string | undefined> {
  const [newest] = await rows.list(THREADS, { prefix: keyOf(thread, ''), limit: 1, descending: true });
  return newest?.value;
}

/** Ids of a thread from the named message backwards, itself included: by time, and by CID where that is the same. */
export async function idsBack(rows: Rows, position: Position, cid: string, limit: number): Promise<readonly string[]> {
  const before = await rows.list(THREADS, {
    prefix: keyOf(position.thread, ''),
    after: placeOf(position, cid),
    limit: limit - 1,
    descending: true,
  });
  return [cid, ...before.map(({ value }) => value)];
}

const placeOf = ({ thread, timestamp }: Position, cid: string): string => keyOf(thread, sortable(timestamp), cid);
