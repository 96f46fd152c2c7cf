import type * as PromClient from 'prom-client';
import type { NodeObserver } from './observer.ts';
import { missingPackage } from './missingPackage.ts';

export interface Metrics extends NodeObserver {
  readonly contentType: string;
  /** All figures in the text format of Prometheus. */
  readonly text: () => Promise<string>;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/**
 * Counts what a node does, beside the figures of every Node.js process (memory, processor, event loop).
 * @param listening how many live connections there are
 * @throws {PushChatError} `InvalidConfig` when the package prom-client is missing
 */
export async function openMetrics(listening: () => number): Promise<Metrics> {
  const { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } = await loadPromClient();
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const answers = new Histogram({
    name: 'push_node_answer_seconds',
    help: 'Time to answer a call, by route, method and status',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers,
  });
  const acts = new Counter({
    name: 'push_node_acts_total',
    help: 'Acts that were taken, by what they were posted to',
    labelNames: ['verb'],
    registers,
  });
  new Gauge({
    name: 'push_node_live_connections',
    help: 'Live connections now',
    registers,
    collect() {
      this.set(listening());
    },
  });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    answered: ({ method, route, status, ms }) => answers.observe({ method, route, status }, ms / 1000),
    taken: (verb) => acts.inc({ verb }),
  };
}

/** Loaded only when needed, as everything that only servers use. */
async function loadPromClient(): Promise<typeof PromClient> {
  try {
    return (await import('prom-client')).default;
  } catch (cause) {
    throw missingPackage('Metrics need', 'prom-client', cause);
  }
}
