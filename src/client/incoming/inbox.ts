import { asPushChatError } from '../../errors.ts';
import type { Did } from '../../protocol/did.ts';
import { isGroupId } from '../../protocol/peer.ts';
import { acceptRequest } from '../actions/answerRequest.ts';
import type { ClientContext } from '../context.ts';
import { openItem } from '../openItem.ts';
import { backOffMs } from '../outbox/backOff.ts';
import type { ThreadItem } from '../state.ts';
import { accepts } from './acceptPolicy.ts';
import type { MessagesOptions } from './messagesOptions.ts';
import { sweep, type ListedChat } from './sweep.ts';

/** The chats in which something may be new, each in its turn. */
export interface Inbox {
  /** Waits for one. @returns undefined when chat is locked, or the loop is to end */
  readonly next: () => Promise<Did | undefined>;
  /** Looks at a chat once more, after all others. */
  readonly again: (peer: Did) => void;
  /** It could not be read: looks at it again after a while. */
  readonly later: (peer: Did, error: unknown) => void;
  readonly isAccepted: (peer: Did) => boolean;
  readonly accept: (peer: Did) => void;
  /** Id of the newest message of a chat, as far as somebody told. */
  readonly headOf: (peer: Did) => string | undefined;
  readonly close: () => void;
}

type Options = Pick<MessagesOptions, 'accept' | 'requests' | 'signal'>;

/**
 * Follows the client's state, which live events change, and looks at all lists at the beginning and whenever the client
 * reads them anew: after it was away.
 * @param begin is given all chats at the first look
 */
export function createInbox(
  client: ClientContext,
  { accept: policy = 'none', requests = false, signal }: Options,
  begin: (chats: readonly ListedChat[]) => Promise<void>,
): Inbox {
  const heads = new Map<Did, string>();
  const threads = new Map<Did, readonly ThreadItem[]>();
  const accepted = new Set<Did>();
  const fresh = new Set<Did>();
  /** Requests that the policy has not judged yet, with their newest messages. */
  const asked = new Map<Did, ThreadItem | undefined>();
  let [isClosed, isUnswept, tries] = [false, true, 0];
  let wake: () => void = () => undefined;

  const isOver = (): boolean => isClosed || (signal?.aborted ?? false) || !client.account || client.hasEnded();
  const note = (peer: Did, head: string | undefined): boolean => {
    if (head === undefined || heads.get(peer) === head) return false;
    heads.set(peer, head);
    return true;
  };
  const noteRequest = (peer: Did, item: ThreadItem | undefined): void => {
    if (!accepted.has(peer)) asked.set(peer, item);
  };

  let { chats, requests: strangers } = client.get();
  const watch = (): void => {
    const state = client.get();
    // The lists were read anew: more may have come than their first pages show.
    if (state.chats.loading !== chats.loading && state.chats.loading.status === 'loaded') isUnswept = true;
    if (state.chats.items !== chats.items) {
      for (const { peer, last } of state.chats.items) {
        // Groups are for people: a program is written to by accounts.
        if (isGroupId(peer)) continue;
        accepted.add(peer);
        if (note(peer, last?.id)) fresh.add(peer);
      }
    }
    if (state.requests.items !== strangers.items) {
      for (const { peer, last } of state.requests.items) {
        if (!isGroupId(peer) && note(peer, last?.id)) noteRequest(peer, last);
      }
    }
    for (const { peer, items } of Object.values(state.threads)) {
      if (isGroupId(peer)) continue;
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
      await begin(listed);
      for (const { peer, head } of listed) {
        accepted.add(peer);
        if (note(peer, head.cid)) fresh.add(peer);
      }
      for (const { peer, head } of waiting) {
        if (note(peer, head.cid)) noteRequest(peer, await openItem(client, peer, head, 'list'));
      }
      tries = 0;
    } catch (error) {
      retry(error, () => (isUnswept = true));
    }
  };

  /** A stranger's request waits for the policy; what cannot be accepted now is tried again. */
  const judge = async (peer: Did, item: ThreadItem | undefined): Promise<void> => {
    asked.delete(peer);
    if (client.get().blocked.includes(peer)) return;
    try {
      if (await accepts(policy, peer, item)) {
        await acceptRequest(client, peer);
        accepted.add(peer);
      }
      if (accepted.has(peer) || requests) fresh.add(peer);
      tries = 0;
    } catch (error) {
      retry(error, () => noteRequest(peer, item));
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
    close: () => {
      isClosed = true;
      signal?.removeEventListener('abort', end);
      stop();
      wake();
    },
  };
}
