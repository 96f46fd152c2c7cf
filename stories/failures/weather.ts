import type { Lie } from '../../src/testing/hostileNode.ts';
import type { Faults } from '../../src/testing/testNetwork.ts';

/** How things stand between one client and its node, as a visitor sets them. */
export interface Weather extends Pick<Faults, 'latency' | 'offline'> {
  /** Percent of the calls that are lost. */
  readonly lost: number;
  readonly lie: Lie | null;
}

export const FAIR: Weather = { latency: 0, lost: 0, offline: false, lie: null };

export const faultsOf = ({ latency, lost, offline, lie }: Weather): Partial<Faults> => ({
  latency,
  offline,
  lost: lost / 100,
  lies: lie ? [lie] : [],
});
