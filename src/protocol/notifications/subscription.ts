import type { Struct } from '../../crypto/walletSignature.ts';
import { PushChatError } from '../../errors.ts';
import { addressOf, parseDid, type Did } from '../did.ts';
import { malformed, objectOf, optional, stringOf, type Fields } from '../fields.ts';
import { MAX_ARMOR } from '../limits.ts';
import { parseJson } from '../parseJson.ts';
import { dataStruct } from './notificationProof.ts';

export type SubscriptionAction = 'Subscribe' | 'Unsubscribe';

/** A signed opt-in to a channel, or opt-out of it (protocol 7). */
export interface SubscriptionChange {
  readonly verificationProof: string;
  readonly channel: Did;
  readonly subscriber: Did;
  /** What the subscriber wants of the channel, as `1+1-1…`; empty for all. */
  readonly settings: string;
  /** What was signed: a text, which the chat key can sign too. */
  readonly text?: string;
  /** The same as a wallet signs it. */
  readonly struct: Struct;
}

const MAX_SETTINGS = 4_000;

/**
 * Reads a posted opt-in or opt-out in either form: the message as a text with a `scheme:signature` proof, or the older
 * one as an object with a bare wallet signature.
 * @param channel the account in the address it was posted to
 * @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge`, `InvalidAddress`, `ReceiverMismatch`
 */
export function parseSubscription(value: unknown, action: SubscriptionAction, channel: Did): SubscriptionChange {
  const body = objectOf(value, 'body');
  const isText = typeof body['message'] === 'string';
  const text = isText ? stringOf(body, 'message', MAX_SETTINGS * 2) : undefined;
  const message = objectOf(text === undefined ? body['message'] : parseJson(text), 'message');
  if (stringOf(message, 'action') !== action) throw malformed('message.action');
  if (parseDid(stringOf(message, 'channel')) !== channel) {
    throw new PushChatError('ReceiverMismatch', 'The signed message names another channel.');
  }
  const subscriber = parseDid(stringOf(message, action === 'Subscribe' ? 'subscriber' : 'unsubscriber'));
  return {
    verificationProof: stringOf(body, 'verificationProof', MAX_ARMOR),
    channel,
    subscriber,
    settings: optional(message, 'userSetting', settingsOf).userSetting ?? '',
    ...(text !== undefined && { text }),
    struct: text === undefined ? olderStruct(action, channel, subscriber) : dataStruct(text),
  };
}

const settingsOf = (fields: Fields, name: string): string => stringOf(fields, name, MAX_SETTINGS);

/** The older form signs a struct of its own, with plain addresses. */
function olderStruct(action: SubscriptionAction, channel: Did, subscriber: Did): Struct {
  const who = action === 'Subscribe' ? 'subscriber' : 'unsubscriber';
  const [channelAddress, address] = [addressOf(channel), addressOf(subscriber)];
  if (channelAddress === undefined || address === undefined) throw malformed(`message.${who}`);
  return {
    types: {
      [action]: [
        { name: 'channel', type: 'address' },
        { name: who, type: 'address' },
        { name: 'action', type: 'string' },
      ],
    },
    value: { channel: channelAddress, [who]: address, action },
  };
}
