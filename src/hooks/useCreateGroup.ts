import type { NewGroup } from '../client/actions/groups/createGroup.ts';
import type { GroupId } from '../protocol/peer.ts';
import { useAction, type ActionState } from './useAction.ts';
import { usePushChat } from './usePushChat.ts';

/** Making a group. */
export interface GroupCreator {
  /** Resolves to the chat id of the new group; to undefined where it failed, and `state` says why. */
  readonly create: (group: NewGroup) => Promise<GroupId | undefined>;
  readonly state: ActionState<[group: NewGroup]>;
}

/**
 * Makes groups.
 * @example const { create, state } = useCreateGroup(); await create({ name: 'Gardeners', members: ['0x…'] });
 */
export function useCreateGroup(): GroupCreator {
  const { groups } = usePushChat();
  const [state, create] = useAction(groups.create);
  return { create, state };
}
