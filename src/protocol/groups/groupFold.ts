import { PushChatError } from '../../errors.ts';
import type { Did } from '../did.ts';
import { applyGroupAct, type Group, type GroupAct, type Member, type Members } from './groupState.ts';

/** A group as it comes to be, act by act. */
export interface Fold {
  readonly group: Group | undefined;
  readonly members: Members;
  /** Applies the next act in order; one that has no effect at its place is passed over. */
  readonly take: (act: GroupAct) => void;
}

export function createFold(): Fold {
  let group: Group | undefined;
  const members = new Map<Did, Member>();
  return {
    get group() {
      return group;
    },
    members,
    take: (act) => {
      try {
        const outcome = applyGroupAct(group, members, act);
        group = outcome.group;
        for (const [did, member] of outcome.changed) {
          if (member) members.set(did, member);
          else members.delete(did);
        }
      } catch (error) {
        if (!(error instanceof PushChatError)) throw error;
      }
    },
  };
}
