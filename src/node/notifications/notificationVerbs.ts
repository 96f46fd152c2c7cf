import type { Arrival } from '../arrival.ts';
import type { NodeContext } from '../context.ts';
import type { JournalEntry } from '../tables/journal.ts';
import { changeSubscription } from './changeSubscription.ts';
import { sendNotification } from './sendNotification.ts';

type Verb = (node: NodeContext, entry: JournalEntry, arrival: Arrival) => Promise<unknown>;

/** What does again what another node wrote into its journal about notifications. */
export const NOTIFICATION_VERBS: readonly (readonly [verb: string, apply: Verb])[] = [
  ['notification', (node, { body }, arrival) => sendNotification(node, body, arrival)],
  [
    'optIn',
    (node, { body, target = '' }, arrival) =>
      changeSubscription(node, target, { action: 'Subscribe', input: body }, arrival),
  ],
  [
    'optOut',
    (node, { body, target = '' }, arrival) =>
      changeSubscription(node, target, { action: 'Unsubscribe', input: body }, arrival),
  ],
];
