import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { ChatBubble } from '../../src/components/ChatBubble/ChatBubble.tsx';
import { ChatInbox } from '../../src/components/ChatInbox/ChatInbox.tsx';
import { ChatLauncher } from '../../src/components/ChatLauncher/ChatLauncher.tsx';
import { ChatList } from '../../src/components/ChatList/ChatList.tsx';
import { ChatWindow } from '../../src/components/ChatWindow/ChatWindow.tsx';
import { mergeProps } from '../../src/components/parts/mergeProps.ts';
import type { AvatarProps, BubbleProps, PartName, Slots } from '../../src/components/parts/overrides.ts';
import { RequestList } from '../../src/components/RequestList/RequestList.tsx';
import { ThemeRoot } from '../../src/components/theme/ThemeRoot.tsx';
import { useComposer } from '../../src/hooks/useComposer.ts';
import { useListNavigation } from '../../src/hooks/useListNavigation.ts';
import { opened } from './support/items.ts';
import { MAYA, ME, NORA } from './support/people.ts';
import { renderWith } from './support/renderWith.tsx';
import { loadedList, stateClient, withThread, type StateClient } from './support/stateClient.ts';

const talking = () => stateClient(withThread({ items: [opened('Hello', { id: 'm1' })] }));
const sentBy = ({ calls }: StateClient): unknown[] =>
  calls.flatMap(([command, , content]) => (command === 'sendMessage' ? [content] : []));
const part = (container: HTMLElement, name: string): HTMLElement => {
  const found = container.querySelector<HTMLElement>(`[data-pc-part='${name}']`);
  if (!found) throw new Error(`no part ${name}`);
  return found;
};

describe('overrides of parts', () => {
  it('classNames stand beside our classes, from the component and from further out', () => {
    const { container } = renderWith(
      talking(),
      <ThemeRoot classNames={{ bubble: 'outer', header: 'top' }}>
        <ChatWindow peer={MAYA} className="mine" classNames={{ bubble: 'wide', window: 'framed' }} />
      </ThemeRoot>,
    );
    expect(part(container, 'bubble')).toHaveClass('wide');
    expect(part(container, 'bubble')).not.toHaveClass('outer');
    expect(part(container, 'header')).toHaveClass('top');
    expect(part(container, 'window')).toHaveClass('mine', 'framed');
    expect(part(container, 'window').classList.length).toBeGreaterThan(2);
  });

  it('slotProps add attributes and styles, and their handlers come first', async () => {
    const heard = vi.fn();
    const client = talking();
    const { container } = renderWith(
      client,
      <ChatWindow
        peer={MAYA}
        slotProps={{
          text: {
            onKeyDown: (event) => event.key === 'Enter' && (event.preventDefault(), heard()),
            'data-mine': 'yes',
          },
          thread: { style: { color: 'red' } },
        }}
      />,
    );
    const field = screen.getByRole('textbox');
    await userEvent.type(field, 'not sent{Enter}');
    expect(heard).toHaveBeenCalledTimes(1);
    expect(sentBy(client)).toEqual([]);
    expect(field).toHaveValue('not sent');
    expect(field).toHaveAttribute('data-mine', 'yes');
    expect(part(container, 'thread')).toHaveStyle({ color: 'rgb(255, 0, 0)' });
  });

  it('slots put a component in the place of ours, which can draw ours in it', () => {
    const slots: Partial<Slots> = {
      avatar: ({ did, size }: AvatarProps) => <i data-testid="picture" title={did} style={{ width: size }} />,
      bubble: (props: BubbleProps) => <ChatBubble {...props} data-extra="yes" />,
      day: ({ timestamp }) => <hr data-testid="day" data-at={timestamp} />,
      header: ({ start }) => <h2>{start}My own header</h2>,
    };
    const { container } = renderWith(talking(), <ChatWindow peer={MAYA} slots={slots} />);
    expect(screen.getByRole('heading')).toHaveTextContent('My own header');
    expect(container.querySelector("[data-pc-part='header']")).toBeNull();
    expect(part(container, 'bubble')).toHaveAttribute('data-extra', 'yes');
    expect(part(container, 'bubble')).toHaveAttribute('data-row', 'm1');
    expect(screen.getByTestId('day')).toBeInTheDocument();
    expect(within(container).queryByTestId('picture')).toBeNull();
  });

  it('a slot of the list is given what it needs to be a row', async () => {
    const onSelect = vi.fn();
    const row = { peer: NORA, chatId: NORA, timestamp: 1, unread: 2, last: opened('See you') };
    renderWith(
      stateClient({ ...withThread(), chats: loadedList([row]) }),
      <ChatList
        selected={NORA}
        onSelect={onSelect}
        slots={{
          chatItem: ({ chat, selected, onSelect: select }) => (
            <button type="button" onClick={() => select?.(chat.peer)}>
              {chat.unread} {selected && 'open'}
            </button>
          ),
        }}
      />,
    );
    await userEvent.click(screen.getByRole('button', { name: '2 open' }));
    expect(onSelect).toHaveBeenCalledWith(NORA);
  });
});

describe('part names', () => {
  it('are in the markup, each where it says', async () => {
    const row = { peer: NORA, chatId: NORA, timestamp: 1, unread: 0, last: opened('See you') };
    const client = stateClient({
      ...withThread({ items: [opened('Hello', { id: 'm1' })] }),
      chats: loadedList([row]),
      requests: loadedList([row]),
    });
    const { container } = renderWith(
      client,
      <ThemeRoot>
        <ChatInbox peer={MAYA} />
        <RequestList />
        <ChatLauncher defaultOpen />
      </ThemeRoot>,
    );
    await waitFor(() =>
      expect(container.querySelectorAll('[data-pc-part=launcher] [data-pc-part=account]')).not.toHaveLength(0),
    );
    await userEvent.click(screen.getAllByRole('button', { name: 'New chat' })[0] ?? container);
    const found = new Set(
      [...container.querySelectorAll<HTMLElement>('[data-pc-part]')].map(({ dataset }) => dataset['pcPart']),
    );
    const locked = renderWith(stateClient({ session: { status: 'locked', did: ME } }), <ChatWindow peer={MAYA} />);
    expect(part(locked.container, 'unlock')).toBeInTheDocument();
    const expected: PartName[] = [
      ...([
        'account',
        'bubble',
        'chatItem',
        'chats',
        'composer',
        'day',
        'field',
        'header',
        'inbox',
        'launcher',
      ] as const),
      ...(['launcherButton', 'log', 'panel', 'popover', 'requestItem', 'requests', 'send', 'text', 'thread'] as const),
      'window',
    ];
    for (const name of expected) expect(found, name).toContain(name);
  });
});

describe('mergeProps', () => {
  it('leaves what the page does not name, and lets undefined change nothing', () => {
    expect(mergeProps({ role: 'note', title: 'a' }, { title: undefined })).toEqual({ role: 'note', title: 'a' });
    expect(
      mergeProps({ className: 'a', style: { color: 'red', top: 1 } }, { className: 'b', style: { top: 2 } }),
    ).toEqual({ className: 'a b', style: { color: 'red', top: 2 } });
  });

  it.each([
    [false, ['theirs', 'ours']],
    [true, ['theirs']],
  ])('calls both handlers, ours only unless prevented (%s)', (prevents, calls) => {
    const called: string[] = [];
    const event = { defaultPrevented: false };
    const { onClick } = mergeProps(
      { onClick: (_: unknown): void => void called.push('ours') },
      {
        onClick: () => {
          called.push('theirs');
          event.defaultPrevented = prevents;
        },
      },
    );
    onClick(event);
    expect(called).toEqual(calls);
  });
});

describe('hooks with prop getters', () => {
  function OwnComposer() {
    const { getFormProps, getFieldProps, getSendProps } = useComposer(MAYA);
    return (
      <form {...getFormProps()}>
        <textarea aria-label="Words" {...getFieldProps()} />
        <button {...getSendProps()}>Go</button>
      </form>
    );
  }

  it('useComposer sends by Enter and by button, and not while an input method composes', async () => {
    const client = talking();
    renderWith(client, <OwnComposer />);
    const field = screen.getByRole('textbox');
    expect(screen.getByRole('button')).toBeDisabled();
    await userEvent.type(field, 'one');
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    expect(sentBy(client)).toEqual([]);
    await userEvent.type(field, '{Enter}');
    await userEvent.type(field, 'two');
    await userEvent.click(screen.getByRole('button'));
    expect(sentBy(client)).toEqual([
      { type: 'Text', content: 'one' },
      { type: 'Text', content: 'two' },
    ]);
    expect(field).toHaveValue('');
  });

  it('useListNavigation moves among the buttons of own markup', async () => {
    function OwnList() {
      const { getListProps, getItemProps } = useListNavigation();
      return (
        <ul {...getListProps()}>
          {['a', 'b', 'c'].map((name) => (
            <li key={name}>
              <button {...getItemProps({ selected: name === 'b' })}>{name}</button>
            </li>
          ))}
        </ul>
      );
    }
    renderWith(talking(), <OwnList />);
    screen.getByRole('button', { name: 'a' }).focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(screen.getByRole('button', { name: 'b' })).toHaveFocus();
    expect(screen.getByRole('button', { name: 'b' })).toHaveAttribute('aria-current', 'true');
    await userEvent.keyboard('{End}');
    expect(screen.getByRole('button', { name: 'c' })).toHaveFocus();
  });
});
