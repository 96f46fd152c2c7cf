import { sha256Hex } from '../../crypto/hash.ts';
import type { Did } from '../../protocol/did.ts';
import { applyGroupAct, type Group, type GroupAct, type Member, type Role } from '../../protocol/groups/groupState.ts';
import type { GroupProfile } from '../../protocol/groups/groupPayload.ts';
import { mayPassUninvited } from '../../protocol/groups/mayPassUninvited.ts';
import type { Period } from '../../protocol/groups/periods.ts';
import type { NamedAct } from '../../protocol/groups/readAct.ts';
import { asPushChatError, type PushChatError } from '../../errors.ts';

/** What one act did, in the words of a line of the thread. */
export interface GroupLine {
  /** Stable within its group. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Who signed it. */
  readonly by: Did;
  readonly kind:
    'created' | 'invited' | 'joined' | 'left' | 'removed' | 'declined' | 'promoted' | 'demoted' | 'changed' | 'secret';
  /** Whom it is about; nobody where it is about the group. */
  readonly members: readonly Did[];
}

/** A roster as it is kept on the device. */
export interface KeptRoster {
  readonly group: Group;
  readonly members: readonly (readonly [Did, Member])[];
  readonly periods: readonly (readonly [Did, readonly Period[]])[];
  readonly secrets: readonly (readonly [string, string])[];
  readonly lines: readonly GroupLine[];
  /** Whether it was made so that its conditions let in who was not invited. */
  readonly bornOpen: boolean;
  /** In the order in which they were taken. */
  readonly acts: readonly (readonly [digest: string, TakenAct])[];
}

/** What became of an act. */
interface TakenAct {
  /** When it counted from, in milliseconds since the epoch. */
  readonly at: number;
  /** Whether it had an effect at its place. */
  readonly applied: boolean;
}

/**
 * Who is in a group, and what its secrets are, by the acts that members signed and nothing else. The same law makes it as
 * makes the state of a node (`groupState.ts`).
 */
export interface Roster {
  readonly group: Group | undefined;
  readonly members: ReadonlyMap<Did, Member>;
  readonly periodsOf: (did: Did) => readonly Period[];
  /** Whether somebody put an account out, or it left, and it did not come back. */
  readonly isGone: (did: Did) => boolean;
  /**
   * Whether an account came in by its own signature alone. Where the group was made to let in whom its conditions let in,
   * that is what its maker signed; conditions of later could be those of another group (protocol 5.3), and then only a node
   * says that they are met.
   */
  readonly letItselfIn: (did: Did) => boolean;
  /** SHA-256 of the wrapped secret that a session key names; undefined for one that no member gave. */
  readonly secretOf: (sessionKey: string) => string | undefined;
  /** Oldest first. */
  readonly lines: readonly GroupLine[];
  /** Whether an act comes after all that were taken. */
  readonly isNext: (act: Pick<GroupAct, 'at' | 'digest'>) => boolean;
  /** By digest, in the order in which they were taken; of an act with several signatures, each of them too. */
  readonly acts: ReadonlyMap<string, TakenAct>;
  /**
   * Applies the next act in order.
   * @returns why it has no effect here, if it has none
   */
  readonly take: (act: GroupAct & Partial<Pick<NamedAct, 'parts'>>) => PushChatError | undefined;
  readonly copy: () => Roster;
  /** Undefined before its creation. */
  readonly keep: () => KeptRoster | undefined;
}

/** Lines kept of one group: what a thread can show beside its messages. */
const MOST_LINES = 1_000;

export function createRoster(kept?: KeptRoster): Roster {
  let group = kept?.group;
  const members = new Map(kept?.members);
  const periods = new Map(kept?.periods);
  const secrets = new Map(kept?.secrets);
  const acts = new Map(kept?.acts);
  let [newest] = kept?.acts.at(-1) ?? [];
  let bornOpen = kept?.bornOpen ?? false;
  let lines: readonly GroupLine[] = kept?.lines ?? [];

  const keepTime = (did: Did, role: Role | undefined, at: number): void => {
    const before = periods.get(did) ?? [];
    // Of who was never more than invited an empty list is kept, too.
    periods.set(did, before);
    const last = before.at(-1);
    const open = last?.to === null ? last : undefined;
    if (open?.role === role) return;
    const closed = open ? [...before.slice(0, -1), { ...open, to: at }] : before;
    periods.set(did, role === undefined ? closed : [...closed, { role, from: at, to: null }]);
  };

  const take: Roster['take'] = (act) => {
    const { digest, at, parts = [] } = act;
    newest = digest;
    const note = (applied: boolean): void => {
      for (const each of [...parts, digest]) acts.set(each, { at, applied });
    };
    try {
      const before = group;
      const outcome = applyGroupAct(group, members, act);
      lines = [...lines, ...linesOf(act, before, outcome.changed, members)].slice(-MOST_LINES);
      group = outcome.group;
      for (const [did, member] of outcome.changed) {
        if (member) members.set(did, member);
        else members.delete(did);
        keepTime(did, member?.accepted ? member.role : undefined, at);
      }
      const { secret } = group;
      if (secret && secret.sessionKey !== before?.secret?.sessionKey) {
        secrets.set(secret.sessionKey, sha256Hex(secret.encryptedSecret));
        // Thousands of wrapped copies are read again when they are needed, and known by their hash.
        group = { ...group, secret: { sessionKey: secret.sessionKey, encryptedSecret: '' } };
      }
      // What was closed since is not opened by conditions that could be another group's.
      bornOpen = (bornOpen || act.change.kind === 'create') && isOpen(group.profile);
      note(true);
      return undefined;
    } catch (error) {
      note(false);
      return asPushChatError(error);
    }
  };

  const isNext = ({ at, digest }: Pick<GroupAct, 'at' | 'digest'>): boolean => {
    const last = newest === undefined ? undefined : acts.get(newest)?.at;
    return last === undefined || at > last || (at === last && digest > (newest ?? ''));
  };

  const keep = (): KeptRoster | undefined =>
    group && {
      ...{ group, bornOpen, lines },
      members: [...members],
      periods: [...periods],
      secrets: [...secrets],
      acts: [...acts],
    };

  return {
    get group() {
      return group;
    },
    get lines() {
      return lines;
    },
    members,
    periodsOf: (did) => periods.get(did) ?? [],
    secretOf: (sessionKey) => secrets.get(sessionKey),
    isNext,
    isGone: (did) => periods.has(did) && !members.has(did),
    letItselfIn: (did) => !bornOpen && did !== group?.creator && members.get(did)?.inviter === did,
    acts,
    take,
    copy: () => createRoster(keep()),
    keep,
  };
}

const isOpen = ({ isPublic, rules }: GroupProfile): boolean =>
  isPublic || (rules.entry !== undefined && mayPassUninvited(rules.entry.conditions));

function linesOf(
  { digest, at, signer, change }: GroupAct,
  group: Group | undefined,
  changed: ReadonlyMap<Did, Member | undefined>,
  members: ReadonlyMap<Did, Member>,
): GroupLine[] {
  const byKind = new Map<GroupLine['kind'], Did[]>();
  const say = (kind: GroupLine['kind'], did?: Did): void => {
    const named = byKind.get(kind) ?? [];
    if (did) named.push(did);
    byKind.set(kind, named);
  };
  if (!group) say('created');
  for (const [did, after] of changed) {
    const kind = kindOf(members.get(did), after, did === signer);
    if (kind && !(did === signer && !group)) say(kind, did);
  }
  if (change.kind === 'profile' || change.kind === 'config' || change.kind === 'replace') say('changed');
  if (byKind.size === 0 && 'secret' in change && change.secret !== null) say('secret');
  return [...byKind].map(([kind, dids]) => ({ id: `${digest}:${kind}`, at, by: signer, kind, members: dids }));
}

function kindOf(before: Member | undefined, after: Member | undefined, own: boolean): GroupLine['kind'] | undefined {
  if (!after) return !own ? 'removed' : before?.accepted ? 'left' : 'declined';
  if (after.accepted && !before?.accepted) return 'joined';
  if (!before) return 'invited';
  return before.role === after.role ? undefined : after.role === 'admin' ? 'promoted' : 'demoted';
}
