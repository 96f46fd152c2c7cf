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
const THREADS = table<string>('thread');

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
  await rows.put(BLOCKS, cid, block);
  await rows.put(POSITIONS, cid, { thread, timestamp });
  await rows.put(THREADS, placeOf({ thread, timestamp }, cid), cid);
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
