import { PushChatError } from '../errors.ts';
import type { Did } from '../protocol/did.ts';
import type { Told } from './tables/outbox.ts';

/** Hears the live events of one account. */
export type NodeListener = (event: string, payload: unknown) => void;

/** Carries events to the other processes of one node, whose listeners are elsewhere. */
export interface Bus {
  readonly publish: (told: Told) => void;
  /** @param hear is given what the other processes publish */
  readonly subscribe: (hear: (told: Told) => void) => void;
}

/** Who is listening to which account; clients who are not catch up by reading. */
export interface Delivery {
  /**
   * @param proven by the account itself: such listeners have places of their own, which strangers cannot fill
   * @throws {PushChatError} `NotPermitted` when there is no place left
   */
  readonly connect: (did: Did, listener: NodeListener, proven: boolean) => () => void;
  readonly deliver: (told: Told) => void;
  /** Runs once, when the account next listens. */
  readonly await: (did: Did, run: () => void) => void;
  /** How many listen now. */
  readonly size: () => number;
}

/** Connections of one account at a time, of each kind: its devices and tabs, with room to spare. */
const MAX_LISTENERS = 64;

/** @param report hears what a listener throws, which concerns nobody else */
export function createDelivery(report: (error: unknown) => void, bus?: Bus): Delivery {
  const listeners = new Map<Did, Set<{ readonly listener: NodeListener; readonly proven: boolean }>>();
  const awaited = new Map<Did, (() => void)[]>();
  let size = 0;

  const deliverHere = ({ to, event, payload }: Told): void => {
    for (const { listener } of to.flatMap((did) => [...(listeners.get(did) ?? [])])) {
      try {
        listener(event, payload);
      } catch (error) {
        report(error);
      }
    }
  };
  bus?.subscribe(deliverHere);

  return {
    connect: (did, listener, proven) => {
      const all = listeners.get(did) ?? new Set();
      if ([...all].filter((other) => other.proven === proven).length >= MAX_LISTENERS) {
        throw new PushChatError('NotPermitted', 'This account has too many live connections. Close some.');
      }
      const connection = { listener, proven };
      listeners.set(did, all.add(connection));
      size += 1;
      const waiting = awaited.get(did) ?? [];
      awaited.delete(did);
      for (const run of waiting) run();
      return () => {
        if (all.delete(connection)) size -= 1;
        if (all.size === 0 && listeners.get(did) === all) listeners.delete(did);
      };
    },
    deliver: (told) => {
      deliverHere(told);
      bus?.publish(told);
    },
    await: (did, run) => {
      if (listeners.has(did)) run();
      else awaited.set(did, [...(awaited.get(did) ?? []), run]);
    },
    size: () => size,
  };
}
