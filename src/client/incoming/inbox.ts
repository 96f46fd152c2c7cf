import { asPushChatError } from '../../errors.ts';
import { isGroupId, type GroupId, type Peer } from '../../protocol/peer.ts';
import { acceptRequest } from '../actions/answerRequest.ts';
import type { ClientContext } from '../context.ts';
import { openItem } from '../openItem.ts';
import { backOffMs } from '../outbox/backOff.ts';
import type { ThreadItem } from '../state.ts';
import { acceptInvitation } from './acceptInvitation.ts';
import { accepts } from './acceptPolicy.ts';
import type { MessagesOptions } from './messagesOptions.ts';
import { sweep, type ListedChat } from './sweep.ts';

/** The chats in which something may be new, each in its turn. */
export interface Inbox {
  /** Waits for one. @returns undefined when chat is locked, or the loop is to end */
  readonly next: () => Promise<Peer | undefined>;
  /** Looks at a chat once more, after all others. */
  readonly again: (peer: Peer) => void;
  /** It could not be read: looks at it again after a while. */
  readonly later: (peer: Peer, error: unknown) => void;
  readonly isAccepted: (peer: Peer) => boolean;
  readonly accept: (peer: Peer) => void;
  /** Id of the newest message of a chat, as far as somebody told. */
  readonly headOf: (peer: Peer) => string | undefined;
  /** Since when a group has this account in it, as far as somebody told. */
  readonly sinceOf: (peer: Peer) => number;
  readonly close: () => void;
}

type Options = Pick<MessagesOptions, 'accept' | 'groups' | 'requests' | 'signal'>;

/**
 * Follows the client's state, which live events change, and looks at all lists at the beginning and whenever the client
 * reads them anew: after it was away.
 * @param begin is given all chats at the first look
 */
export function createInbox(
  client: ClientContext,
  { accept: policy = 'none', groups = false, requests = false, signal }: Options,
  begin: (chats: readonly ListedChat[]) => Promise<void>,
): Inbox {
  const join = typeof groups === 'object' ? groups.join : 'none';
  const isMeant = (peer: Peer): boolean => groups !== false || !isGroupId(peer);
  const heads = new Map<Peer, string>();
  const since = new Map<Peer, number>();
  const threads = new Map<Peer, readonly ThreadItem[]>();
  const accepted = new Set<Peer>();
  const fresh = new Set<Peer>();
  /** Requests that the policy has not judged yet, with their newest messages. */
  const asked = new Map<Peer, ThreadItem | undefined>();
  /** Groups whose invitation was put to the policy. */
  let invited = new Set<GroupId>();
  let [isClosed, isUnswept, tries] = [false, true, 0];
  let wake: () => void = () => undefined;

  const isOver = (): boolean => isClosed || (signal?.aborted ?? false) || !client.account || client.hasEnded();
  const note = (peer: Peer, head: string | undefined): boolean => {
    if (head === undefined || heads.get(peer) === head) return false;
    heads.set(peer, head);
    return true;
  };
  const noteRequest = (peer: Peer, item: ThreadItem | undefined): void => {
    if (!accepted.has(peer)) asked.set(peer, item);
  };

  type Rows = readonly { readonly peer: Peer }[];
  /** Each is put to the policy once, and once more when it was gone and comes again. */
  const noteInvitations = (waiting: Rows, before: Rows): void => {
    if (join === 'none') return;
    const now = new Set(groupsIn(waiting));
    for (const peer of groupsIn(before)) if (!now.has(peer)) invited.delete(peer);
    for (const peer of now) if (!invited.has(peer)) asked.set(peer, undefined);
    invited = new Set([...invited, ...now]);
  };

  let { chats, requests: strangers } = client.get();
  const watch = (): void => {
    const state = client.get();
    // The lists were read anew: more may have come than their first pages show.
    if (state.chats.loading !== chats.loading && state.chats.loading.status === 'loaded') isUnswept = true;
    if (state.chats.items !== chats.items) {
      for (const { peer, last } of state.chats.items) {
        if (!isMeant(peer)) continue;
        accepted.add(peer);
        if (!since.has(peer)) since.set(peer, last?.timestamp ?? client.now());
        if (note(peer, last?.id)) fresh.add(peer);
      }
    }
    if (state.requests.items !== strangers.items) {
      for (const { peer, last } of state.requests.items) {
        if (!isGroupId(peer) && note(peer, last?.id)) noteRequest(peer, last);
      }
      noteInvitations(state.requests.items, strangers.items);
    }
    for (const { peer, items } of Object.values(state.threads)) {
      if (!isMeant(peer)) continue;
      // A late message changes no list.
      if (threads.get(peer) !== items && accepted.has(peer)) fresh.add(peer);
      threads.set(peer, items);
    }
    ({ chats, requests: strangers } = state);
    wake();
  };

  const sweepAll = async (): Promise<void> => {
    isUnswept = false;
    try {
      const [listed, waiting] = [await sweep(client, 'chats'), await sweep(client, 'requests')];
      const meant = listed.filter(({ peer }) => isMeant(peer));
      await begin(meant);
      for (const chat of meant) {
        const { peer, head } = chat;
        accepted.add(peer);
        since.set(peer, chat.since);
        if (note(peer, head?.cid)) fresh.add(peer);
      }
      for (const { peer, head } of waiting) {
        if (isGroupId(peer) || !head || !note(peer, head.cid)) continue;
        noteRequest(peer, await openItem(client, peer, head, 'list'));
      }
      noteInvitations(waiting, []);
      tries = 0;
    } catch (error) {
      retry(error, () => (isUnswept = true));
    }
  };

  const judgeInvitation = async (peer: GroupId): Promise<void> => {
    if (!(await acceptInvitation(client, join, peer))) return;
    accepted.add(peer);
    fresh.add(peer);
    // Since when, by the clock of the node, the lists tell.
    isUnswept = true;
  };

  /** A stranger's request waits for the policy; what cannot be accepted now is tried again. */
  const judge = async (peer: Peer, item: ThreadItem | undefined): Promise<void> => {
    asked.delete(peer);
    if (client.get().blocked.some((did) => did === peer)) return;
    try {
      if (isGroupId(peer)) await judgeInvitation(peer);
      else if (await accepts(policy, peer, item)) {
        await acceptRequest(client, peer);
        accepted.add(peer);
      }
      if (accepted.has(peer) || (requests && !isGroupId(peer))) fresh.add(peer);
      tries = 0;
    } catch (error) {
      retry(error, () => (isGroupId(peer) ? asked.set(peer, undefined) : noteRequest(peer, item)));
    }
  };

  const retry = (thrown: unknown, task: () => void): void => {
    if (isOver()) return;
    const error = asPushChatError(thrown);
    client.warn(error);
    tries += 1;
    void client.wait(backOffMs(tries, error.retryAfter, client.random)).then(() => {
      task();
      wake();
    });
  };

  const stop = client.subscribe(watch);
  const end = (): void => wake();
  signal?.addEventListener('abort', end);
  watch();
  return {
    next: async () => {
      while (!isOver()) {
        const [request] = asked;
        const [peer] = fresh;
        if (isUnswept) await sweepAll();
        else if (request) await judge(...request);
        else if (peer !== undefined) {
          fresh.delete(peer);
          return peer;
        } else {
          await new Promise<void>((resolve) => (wake = resolve));
        }
      }
      return undefined;
    },
    again: (peer) => fresh.add(peer),
    later: (peer, error) => retry(error, () => fresh.add(peer)),
    isAccepted: (peer) => accepted.has(peer),
    accept: (peer) => accepted.add(peer),
    headOf: (peer) => heads.get(peer),
    sinceOf: (peer) => since.get(peer) ?? 0,
    close: () => {
      isClosed = true;
      signal?.removeEventListener('abort', end);
      stop();
      wake();
    },
  };
}

const groupsIn = (rows: readonly { readonly peer: Peer }[]): GroupId[] =>
  rows.flatMap(({ peer }) => (isGroupId(peer) ? [peer] : []));
