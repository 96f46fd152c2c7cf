import { act, fireEvent, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useStickToEnd, type StickToEndItem } from '../../src/hooks/useStickToEnd.ts';

const ROW = 50;
const HEIGHT = 200;

// jsdom lays nothing out: every item is 50 pixels high in a window of 200.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(HEIGHT);
  vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockImplementation(function (this: HTMLElement) {
    return this.children.length * ROW;
  });
  return () => vi.restoreAllMocks();
});

const items = (...ids: string[]): StickToEndItem[] =>
  ids.map((id) => ({ id, from: id.startsWith('me') ? 'me' : 'peer' }));

function List({ shown }: { readonly shown: readonly StickToEndItem[] }): ReactNode {
  const { viewport, follow, atEnd, newCount, jumpToEnd } = useStickToEnd(shown);
  return (
    <>
      <div ref={viewport} onScroll={follow} data-testid="viewport">
        {shown.map(({ id }) => (
          <p key={id}>{id}</p>
        ))}
      </div>
      <button onClick={jumpToEnd}>{atEnd ? 'at the end' : `${newCount} new`}</button>
    </>
  );
}

const viewport = (): HTMLElement => screen.getByTestId('viewport');
const scrollTo = (top: number): void => {
  act(() => {
    viewport().scrollTop = top;
    fireEvent.scroll(viewport());
  });
};

describe('useStickToEnd', () => {
  const eight = items('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');

  it('begins at the end and stays there as items come', () => {
    const { rerender } = render(<List shown={eight} />);
    expect(viewport().scrollTop).toBe(8 * ROW);
    rerender(<List shown={[...eight, ...items('i')]} />);
    expect(viewport().scrollTop).toBe(9 * ROW);
    expect(screen.getByRole('button')).toHaveTextContent('at the end');
  });

  it('stays where the user reads, counts what comes below, and goes there when asked', () => {
    const { rerender } = render(<List shown={eight} />);
    scrollTo(100);
    rerender(<List shown={[...eight, ...items('i', 'j')]} />);
    expect(viewport().scrollTop).toBe(100);
    expect(screen.getByRole('button')).toHaveTextContent('2 new');
    act(() => screen.getByRole('button').click());
    fireEvent.scroll(viewport());
    expect(viewport().scrollTop).toBe(10 * ROW);
    expect(screen.getByRole('button')).toHaveTextContent('at the end');
  });

  it('keeps the place when older items come in above, and counts none of them as new', () => {
    const { rerender } = render(<List shown={eight} />);
    scrollTo(20);
    rerender(<List shown={[...items('x', 'y', 'z'), ...eight]} />);
    expect(viewport().scrollTop).toBe(20 + 3 * ROW);
    expect(screen.getByRole('button')).toHaveTextContent('0 new');
  });

  it('returns to the end for an item of one’s own', () => {
    const { rerender } = render(<List shown={eight} />);
    scrollTo(20);
    rerender(<List shown={[...eight, ...items('me:1')]} />);
    expect(viewport().scrollTop).toBe(9 * ROW);
  });
});
