import type { MouseEvent, ReactNode } from 'react';
import { styled } from 'styled-components';
import type { ChatSummary } from '../../client/state.ts';
import { useLongPress } from '../shared/useLongPress.ts';
import { ChatRowMenu } from './ChatRowMenu.tsx';

export interface RowWithMenuProps {
  readonly chat: ChatSummary;
  readonly children: ReactNode;
}

/** A row, and what can be done with its chat: by the button that it has, a right click, or a finger that rests. */
export function RowWithMenu({ chat, children }: RowWithMenuProps): ReactNode {
  const press = useLongPress(openMenu);
  const openInstead = (event: MouseEvent<HTMLElement>): void => {
    event.preventDefault();
    openMenu(event.currentTarget);
  };
  return (
    <Row {...press} onContextMenu={openInstead}>
      {children}
      <ChatRowMenu chat={chat} />
    </Row>
  );
}

const openMenu = (row: HTMLElement): void =>
  row.querySelector<HTMLElement>('[aria-haspopup="menu"][aria-expanded="false"]')?.click();

const Row = styled.li`
  position: relative;
  -webkit-touch-callout: none;

  /* The menu stands where the time and the count do. */
  @media (hover: hover) {
    &:is(:hover, :focus-within, :has([aria-expanded='true'])) :is(time, [data-count]) {
      visibility: hidden;
    }
  }
`;
