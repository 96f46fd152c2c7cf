import type { PushChatClient } from '../../client/PushChatClient.ts';
import type { Peer } from '../../protocol/peer.ts';
import type { PlainContent } from '../../protocol/messageContent.ts';

/** A file that goes with the next message. */
export interface Attachment {
  readonly id: number;
  readonly name: string;
  /** Bytes of the file as it was chosen. */
  readonly size: number;
  /** Undefined while it is made ready. */
  readonly content: PlainContent | undefined;
  /** To see or hear it before it is sent, where it is a picture or a sound. */
  readonly preview: string | undefined;
}

/** The files that go with the next message to one peer; they stay while another chat is open. */
export interface KeptAttachments {
  readonly get: () => readonly Attachment[];
  readonly set: (change: (now: readonly Attachment[]) => readonly Attachment[]) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

const ofClients = new WeakMap<PushChatClient, Map<Peer, KeptAttachments>>();
const NONE: readonly Attachment[] = [];

/** Kept in memory, as long as chat is unlocked: what is locked away leaves nothing to be seen. */
export function attachmentsOf(client: PushChatClient, peer: Peer): KeptAttachments {
  const peers = ofClients.get(client) ?? new Map<Peer, KeptAttachments>();
  ofClients.set(client, peers);
  const kept = peers.get(peer) ?? keep(client);
  peers.set(peer, kept);
  return kept;
}

function keep({ store }: PushChatClient): KeptAttachments {
  const listeners = new Set<() => void>();
  const isOpen = (): boolean => store.get().session.status === 'ready';
  let list = NONE;
  const replace = (next: readonly Attachment[]): void => {
    list = next;
    for (const listener of listeners) listener();
  };
  store.subscribe(() => {
    if (list.length > 0 && !isOpen()) replace(NONE);
  });
  return {
    get: () => list,
    // What is made ready while chat is locked is not kept either.
    set: (change) => replace(isOpen() ? change(list) : NONE),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
