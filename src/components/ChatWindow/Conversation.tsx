import type { ReactNode } from 'react';
import { Composer } from '../Composer/Composer.tsx';
import { useSlots } from '../parts/usePart.ts';
import { ChatWindowHeader } from './ChatWindowHeader.tsx';
import { ChatWindowThread } from './ChatWindowThread.tsx';

export interface ConversationProps {
  /** Stands before the avatar, such as a way back. */
  readonly start?: ReactNode;
}

/** The parts of a window in their usual order, each of which the page may replace. */
export function Conversation({ start }: ConversationProps): ReactNode {
  const { header: Header = ChatWindowHeader, composer: Answer = Composer } = useSlots();
  return (
    <>
      <Header start={start} />
      <ChatWindowThread />
      <Answer />
    </>
  );
}
