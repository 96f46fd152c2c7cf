import type { Did } from '../../protocol/did.ts';
import type { MessageContent } from '../../protocol/messageContent.ts';
import type { GroupId } from '../../protocol/peer.ts';
import type { Group } from '../state.ts';
import type { IncomingState } from './incomingMessage.ts';

/** A stranger's request, as it is put to an accept policy. */
export interface IncomingRequest {
  readonly peer: Did;
  /** The newest message of it; undefined where it did not pass its checks. */
  readonly content: MessageContent | undefined;
  /** Its words. */
  readonly text: string;
}

/** Whose requests are accepted, of accounts and not of groups: everybody's, nobody's, those of some accounts, or as a function says. */
export type AcceptPolicy =
  'all' | 'none' | readonly string[] | ((request: IncomingRequest) => boolean | Promise<boolean>);

/** An invitation to a group, as it is put to a join policy. */
export interface IncomingInvitation {
  readonly peer: GroupId;
  /** As it was read for this: `membership` says whether who is in it is proven. */
  readonly group: Group;
  /** Whose signature invited this account; null where a node shows none. */
  readonly invitedBy: Did | null;
}

/**
 * Which invitations to groups are accepted: none, those to some groups (by chat id) or signed by some accounts, or as a
 * function says.
 */
export type JoinPolicy = 'none' | readonly string[] | ((invitation: IncomingInvitation) => boolean | Promise<boolean>);

/** How a program is in groups. */
export interface GroupsOptions {
  readonly join: JoinPolicy;
}

export interface MessagesOptions<State extends IncomingState = 'verified'> {
  /**
   * Where to begin when nothing is kept under `name`: with what comes from now on, with all that there is, at a time, or
   * after a message (its `cursor`, which counts more than what is kept). Requests that nobody has answered are new.
   * @default 'now'
   */
  readonly from?: 'now' | 'beginning' | Date | (string & {}) | undefined;
  /** @default 'none' */
  readonly accept?: AcceptPolicy | undefined;
  /**
   * Whether messages of the groups that this account is in come too, of what was written while it was in them; and which
   * invitations it accepts, which are none with `true`. A program that answers everything would answer a whole group.
   * @default false
   */
  readonly groups?: boolean | GroupsOptions | undefined;
  /** Whether messages of requests that are not accepted come too. @default false */
  readonly requests?: boolean | undefined;
  /** What comes at all. Who acts on messages wants those that a wallet vouches for. @default ['verified'] */
  readonly states?: readonly State[] | undefined;
  /**
   * Under which the client's `storage` keeps what was handled, so that the next run goes on there; `null` for nowhere.
   * Each loop of a program needs a name of its own.
   * @default 'bot'
   */
  readonly name?: string | null | undefined;
  /** Ends the loop where it waits. */
  readonly signal?: AbortSignal | undefined;
}
