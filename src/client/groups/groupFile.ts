import type { Concern } from '../../errors.ts';
import type { GroupInfo } from '../../protocol/groups/groupPayload.ts';
import type { MemberCounts } from '../../protocol/groups/parseGroupInfo.ts';
import type { GroupId } from '../../protocol/peer.ts';
import type { Standing } from '../state.ts';
import type { KeptRoster, Roster } from './roster.ts';

/** Everybody who is to read what is written to a private group. */
export interface Readers {
  /** Armored keys, of this account too. */
  readonly keys: readonly string[];
  /** Ids of all keys that the group's secret may be wrapped for, in lower-case hex. */
  readonly keyIds: ReadonlySet<string>;
  /** Whom the user has to decide about, and has not. */
  readonly concerns: readonly Concern[];
}

/** What is known of what was done to a group. */
export interface KnownActs {
  /** What members signed; empty where the node shows nothing. */
  readonly roster: Roster;
  /** Where the acts go on, and how many were served. */
  readonly place: string;
  readonly served: number;
  /** Whether all that was served could be checked, and was new: else it is read from the beginning. */
  readonly isWhole: boolean;
  /** When it was read from its beginning last, in milliseconds since the epoch, as far as this page knows. */
  readonly anewAt: number;
  /**
   * All that was ever checked, in the order in which this device saw it first: another roster than that of the list which
   * is followed, where this lacks something, or has another order.
   */
  readonly seen: Roster;
}

/** What this device knows of a group. */
export interface GroupFile extends KnownActs {
  readonly chatId: GroupId;
  /** The node's word of now. */
  readonly info: GroupInfo;
  readonly membership: 'proven' | 'unchecked';
  /** What the group is, once and for all. */
  readonly isPublic: boolean;
  /** Whether somebody whose wallet vouches for their key signed that. */
  readonly kindProven: boolean;
  readonly standing: Standing;
  readonly counts: MemberCounts | null;
  /** Concerns that the user agreed to. */
  readonly agreed: ReadonlySet<string>;
  /** When the node was asked, in milliseconds since the epoch. */
  readonly readAt: number;
  /** Who is to read, found lately. */
  readers?: { readonly at: number; readonly found: Readers };
}

/** A group as it is kept on this device: what was proven once stays proven, and what was agreed to agreed. */
export interface KeptGroup extends Pick<KnownActs, 'place' | 'served' | 'isWhole'> {
  readonly isPublic: boolean;
  readonly kindProven: boolean;
  readonly agreed: readonly string[];
  readonly roster?: KeptRoster;
  /** Where it is another one. */
  readonly seen?: KeptRoster;
}

/** A group of which nothing but this is known. */
export interface Beginning extends KnownActs, Pick<GroupFile, 'agreed'> {
  readonly pinned: Pick<KeptGroup, 'isPublic' | 'kindProven'> | undefined;
}
