import { parseDid, type Did } from '../did.ts';
import { objectOf, stringOf } from '../fields.ts';
import { parseJson } from '../parseJson.ts';
import { parsePeer, type Peer } from '../peer.ts';

/**
 * What a device is woken with, encrypted to it: that a message is there, and where. Nothing of what it says is in it: a
 * device that may show that reads and opens it by itself.
 */
export interface PushNews {
  /** Whom the message is for. */
  readonly to: Did;
  /** Whose chat it is in, or which group. */
  readonly peer: Peer;
  /** The message's id. */
  readonly cid: string;
}

/** All have one length, so that it says nothing either. */
const LENGTH = 512;

export function formatPushNews({ to, peer, cid }: PushNews): string {
  return JSON.stringify({ to, peer, cid }).padEnd(LENGTH);
}

/** @throws {PushChatError} `PayloadMalformed`, `InvalidAddress` */
export function parsePushNews(text: string): PushNews {
  const fields = objectOf(parseJson(text), 'news');
  return {
    to: parseDid(stringOf(fields, 'to')),
    peer: parsePeer(stringOf(fields, 'peer')),
    cid: stringOf(fields, 'cid'),
  };
}
