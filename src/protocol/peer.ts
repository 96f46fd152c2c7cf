import { isDid, parseDid, sameDid, type Did } from './did.ts';

declare const groupBrand: unique symbol;

/** The chat id of a group: 64 lower-case hex digits (protocol 1.1). */
export type GroupId = string & { readonly [groupBrand]: 'GroupId' };

/** Whom one writes to, and by whom a thread is found: an account or a group. */
export type Peer = Did | GroupId;

const GROUP = /^[0-9a-f]{64}$/;

/** Whether a peer is a group. */
export const isGroupId = (text: string): text is GroupId => GROUP.test(text);

/**
 * The peer that a text names: a group's chat id, or an account in any accepted spelling.
 * @throws {PushChatError} `InvalidAddress`
 */
export const parsePeer = (text: string): Peer => (isGroupId(text) ? text : parseDid(text));

/** Whether a text names an account or a group. */
export const isPeer = (text: string): boolean => isGroupId(text) || isDid(text);

/** Whether two spellings name the same account or group; false when either names none. */
export const samePeer = (a: string, b: string): boolean => (isGroupId(a) ? a === b : sameDid(a, b));
