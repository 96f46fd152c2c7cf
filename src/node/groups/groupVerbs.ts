import type { Arrival } from '../arrival.ts';
import type { NodeContext } from '../context.ts';
import type { JournalEntry } from '../tables/journal.ts';
import { admitGroupMessage } from './admitGroupMessage.ts';
import { acceptInvitation, rejectInvitation } from './answerInvitation.ts';
import { createGroup, createGroupV1 } from './createGroup.ts';
import { updateGroup, updateGroupV1 } from './updateGroup.ts';
import { updateMembers } from './updateMembers.ts';

type Verb = (node: NodeContext, entry: JournalEntry, arrival: Arrival) => Promise<unknown>;

/** What does again an act upon a group, by the verb under which another node wrote it into its journal. */
export const GROUP_VERBS: readonly (readonly [verb: string, apply: Verb])[] = [
  ['group', (node, { body }, arrival) => createGroup(node, body, arrival)],
  ['groupV1', (node, { body }, arrival) => createGroupV1(node, body, arrival)],
  ['groupV1Update', (node, { body, target = '' }, arrival) => updateGroupV1(node, target, body, arrival)],
  ['groupMembers', (node, { body, target = '' }, arrival) => updateMembers(node, target, body, arrival)],
  ...(['groupProfile', 'groupConfig'] as const).map((verb): readonly [string, Verb] => [
    verb,
    (node, { body, target: chatId = '' }, arrival) => updateGroup(node, { verb, chatId }, body, arrival),
  ]),
  ['groupAccept', (node, { body }, arrival) => acceptInvitation(node, body, arrival)],
  ['groupReject', (node, { body }, arrival) => rejectInvitation(node, body, arrival)],
  ['groupMessage', (node, { body }, arrival) => admitGroupMessage(node, body, arrival)],
];
