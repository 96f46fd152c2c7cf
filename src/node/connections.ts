import { bytesToHex } from '@noble/hashes/utils.js';
import { randomBytes } from '../crypto/random.ts';
import { PushChatError } from '../errors.ts';
import { CHALLENGE_MS, type Challenge } from '../protocol/challenge.ts';
import { parseDid } from '../protocol/did.ts';
import type { Auth } from './auth.ts';
import type { Delivery, NodeListener } from './delivery.ts';

/** Somebody who listens to one account, or wants to. */
export interface Connection {
  /** For this connection alone. */
  readonly challenge: Challenge;
  /** Whether it hears the account's events. */
  readonly isListening: () => boolean;
  /**
   * Proves that it is the account that listens. It then has a place that strangers cannot take.
   * @throws {PushChatError} `AuthRequired`, `NotPermitted` when the account has too many connections already
   */
  readonly prove: (answer: string) => Promise<void>;
  readonly stop: () => void;
}

/** @throws {PushChatError} `InvalidAddress` */
export type Connect = (did: string, listener: NodeListener, host: string) => Connection;

/** Lets accounts listen: at once where anybody may, and with their proof where not, or where strangers took all places. */
export function createConnections(delivery: Delivery, auth: Auth, now: () => number): Connect {
  return (text, listener, host) => {
    const did = parseDid(text);
    const challenge = { did, host, nonce: bytesToHex(randomBytes(16)), expires: now() + CHALLENGE_MS };
    let stop = auth.required ? undefined : listenIfPlace(() => delivery.connect(did, listener, false));
    let answered = false;
    let over = false;
    return {
      challenge,
      isListening: () => stop !== undefined,
      prove: async (answer) => {
        if (answered) throw new PushChatError('AuthRequired', 'This challenge was answered before.');
        answered = true;
        if (!(await auth.check(challenge, answer))) {
          throw new PushChatError('AuthRequired', 'This is not the account’s answer to this challenge.');
        }
        if (over) return;
        const stopProven = delivery.connect(did, listener, true);
        stop?.();
        stop = stopProven;
      },
      stop: () => {
        over = true;
        stop?.();
        stop = undefined;
      },
    };
  };
}

/** Strangers may have taken every place; the account itself can still prove that it is none. */
function listenIfPlace(listen: () => () => void): (() => void) | undefined {
  try {
    return listen();
  } catch {
    return undefined;
  }
}
