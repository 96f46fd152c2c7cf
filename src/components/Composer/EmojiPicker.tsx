import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { useText } from '../text/useText.ts';
import { EMOJI, type EmojiGroup } from './emoji.ts';

export interface EmojiPickerProps {
  readonly choose: (emoji: string) => void;
  /** Closes it and gives the focus back. */
  readonly close: () => void;
}

const GROUPS = Object.keys(EMOJI) as EmojiGroup[];

/** A grid of emoji by groups; arrow keys go through it. */
export function EmojiPicker({ choose, close }: EmojiPickerProps): ReactNode {
  const { t } = useText();
  const [group, setGroup] = useState<EmojiGroup>('faces');
  const grid = useRef<HTMLDivElement>(null);
  const emoji = EMOJI[group].split(' ');

  useEffect(() => {
    grid.current?.querySelector('button')?.focus();
  }, [group]);

  const move = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
      return;
    }
    const element = grid.current;
    if (!element?.contains(event.target as Node)) return;
    const buttons = [...element.querySelectorAll('button')];
    const now = buttons.indexOf(event.target as HTMLButtonElement);
    const row = columnsOf(buttons);
    const rtl = getComputedStyle(element).direction === 'rtl' ? -1 : 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: rtl,
      ArrowLeft: -rtl,
      ArrowDown: row,
      ArrowUp: -row,
      Home: -now,
      End: buttons.length - 1 - now,
    };
    if (!Object.hasOwn(steps, event.key)) return;
    event.preventDefault();
    buttons[now + (steps[event.key] ?? 0)]?.focus();
  };

  return (
    // The keys belong to the buttons in it.
    <Root role="group" aria-label={t('emoji.title')} onKeyDown={move}>
      <Groups>
        {GROUPS.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === group}
            aria-label={t(`emoji.${name}`)}
            title={t(`emoji.${name}`)}
            onClick={() => setGroup(name)}
          >
            {EMOJI[name].split(' ')[0]}
          </button>
        ))}
      </Groups>
      <Grid ref={grid}>
        {emoji.map((one) => (
          <button key={one} type="button" onClick={() => choose(one)}>
            {one}
          </button>
        ))}
      </Grid>
    </Root>
  );
}

/** How many buttons stand in the first line. */
function columnsOf(buttons: readonly HTMLElement[]): number {
  const top = buttons[0]?.offsetTop;
  const next = buttons.findIndex((button) => button.offsetTop !== top);
  return next < 1 ? 1 : next;
}

const Root = styled.div`
  display: flex;
  flex-direction: column;
  height: 240px;
  border-radius: var(--pc-radius-lg);
  background: var(--pc-color-surface-raised);
  box-shadow: var(--pc-shadow-2);
  overflow: hidden;

  & button {
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: 9px;
    background: none;
    color: var(--pc-color-text);
    font: inherit;
    font-size: 21px;
    line-height: 1;
    cursor: pointer;
  }
  & button:hover,
  & button:focus-visible {
    background: var(--pc-color-fill);
  }
  & button:focus-visible {
    outline-offset: -2px;
  }
`;

const Groups = styled.div`
  flex: none;
  display: flex;
  gap: 2px;
  padding: 6px 8px;
  border-bottom: 1px solid var(--pc-color-line);

  & > button {
    flex: 1;
    height: var(--pc-target);
    font-size: 18px;
  }
  & > button[aria-pressed='true'] {
    background: var(--pc-color-accent-soft);
  }
`;

const Grid = styled.div`
  flex: 1;
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(38px, 1fr));
  grid-auto-rows: 38px;
  padding: 6px 8px;
  overflow-y: auto;
`;
