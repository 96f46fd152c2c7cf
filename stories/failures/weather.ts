import { directTransport, type LocalNode } from '../../src/client/directTransport.ts';
import type { LiveListener, Transport } from '../../src/client/transport.ts';
import { PushChatError } from '../../src/errors.ts';
import { hostileNode, type Lie } from '../../src/testing/hostileNode.ts';

/** How things stand between one client and its node. */
export interface Weather {
  /** Milliseconds that each request takes longer. */
  readonly latency: number;
  /** Percent of the requests that are lost. */
  readonly lost: number;
  readonly offline: boolean;
  readonly lie: Lie | null;
}

export const FAIR: Weather = { latency: 0, lost: 0, offline: false, lie: null };

/** A way to a node on which the weather can change at any time. */
export interface WeatheredWay {
  readonly through: () => Transport;
  readonly set: (weather: Weather) => void;
}

/** Makes one; which requests are lost is a matter of counting, so that a story goes the same way each time. */
export function weatheredWay(node: LocalNode): WeatheredWay {
  let weather = FAIR;
  let owed = 0;
  const listeners = new Set<LiveListener>();
  const calm = directTransport(hostileNode(node, () => (weather.lie ? [weather.lie] : [])));
  const isLost = (): boolean => {
    owed += weather.lost / 100;
    if (owed < 1) return false;
    owed -= 1;
    return true;
  };
  const transport: Transport = {
    ...calm,
    request: async (...call) => {
      await new Promise((resolve) => setTimeout(resolve, weather.latency));
      if (weather.offline || isLost()) throw unreachable();
      return calm.request(...call);
    },
    subscribe: (did, listener) => {
      const heard: LiveListener = {
        ...listener,
        status: (status) => listener.status(weather.offline ? 'offline' : status),
        event: (payload) => {
          if (!weather.offline) setTimeout(() => listener.event(payload), weather.latency);
        },
      };
      const stop = calm.subscribe(did, heard);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        stop();
      };
    },
  };
  return {
    through: () => transport,
    set: (next) => {
      const turned = next.offline !== weather.offline;
      weather = next;
      if (!turned) return;
      for (const listener of listeners) listener.status(next.offline ? 'offline' : 'online');
    },
  };
}

const unreachable = (): PushChatError =>
  new PushChatError('NetworkUnavailable', 'The Push Node cannot be reached. Check the connection.');
