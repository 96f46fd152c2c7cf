import { createContext, useContext } from 'react';
import type { Thread, ThreadItem } from '../../client/state.ts';
import { PushChatError } from '../../errors.ts';
import type { ThreadView } from '../../hooks/useThread.ts';
import type { Peer } from '../../protocol/peer.ts';
import type { Undoable } from '../shared/UndoBar.tsx';

/** What the parts of one window share. */
export interface ChatWindowView extends Omit<ThreadView, 'thread'> {
  readonly peer: Peer;
  /** The peer's name, or short address. */
  readonly name: string;
  readonly picture: string | null;
  readonly thread: Thread | undefined;
  /** How many messages were unread when the window was opened. */
  readonly unread: number;
  /** What stands over the thread, which is then out of reach. */
  readonly panel: ChatWindowPanel | null;
  readonly setPanel: (panel: ChatWindowPanel | null) => void;
  /** The message that the next one answers. */
  readonly replyTo: ThreadItem | null;
  readonly setReplyTo: (item: ThreadItem | null) => void;
  /** What the user did last, and can undo. */
  readonly done: Undoable | null;
  readonly setDone: (done: Undoable | null) => void;
}

/** Asks whether a message may go unencrypted, shows the safety number, the group, why a message is shown as it is, or who has read it. */
export type ChatWindowPanel =
  | { readonly kind: 'plaintext' }
  | { readonly kind: 'safety' }
  | { readonly kind: 'group' }
  | { readonly kind: 'details' | 'readers'; readonly id: string };

export const ChatWindowContext = createContext<ChatWindowView | null>(null);

/**
 * The window that a part stands in.
 * @throws {PushChatError} `InvalidConfig` outside of one
 */
export function useChatWindow(): ChatWindowView {
  const view = useContext(ChatWindowContext);
  if (!view) throw new PushChatError('InvalidConfig', 'Put this part inside <ChatWindow.Root peer="…">.');
  return view;
}
