import { createContext, useContext } from 'react';
import type { Thread } from '../../client/state.ts';
import { PushChatError } from '../../errors.ts';
import type { ThreadView } from '../../hooks/useThread.ts';
import type { Did } from '../../protocol/did.ts';

/** What the parts of one window share. */
export interface ChatWindowView extends Omit<ThreadView, 'thread'> {
  readonly peer: Did;
  /** The peer's name, or short address. */
  readonly name: string;
  readonly picture: string | null;
  readonly thread: Thread | undefined;
  /** How many messages were unread when the window was opened. */
  readonly unread: number;
  /** Whether the user is being asked about an unencrypted message; the thread is then out of reach. */
  readonly asking: boolean;
  readonly setAsking: (asking: boolean) => void;
}

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
