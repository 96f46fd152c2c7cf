import { act, fireEvent, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { createRef } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { ChatLauncher, type ChatLauncherProps } from '../../src/components/ChatLauncher/ChatLauncher.tsx';
import type { ChatLauncherHandle } from '../../src/components/ChatLauncher/launcherHandle.ts';
import { draftOf } from '../../src/client/drafts.ts';
import { MAYA, NORA } from './support/people.ts';
import { expectAccessible, renderWith } from './support/renderWith.tsx';
import { loadedList, stateClient, withThread } from './support/stateClient.ts';

const row = (peer: typeof MAYA, unread: number) => ({ peer, chatId: peer, timestamp: 1, unread });

function show(props: ChatLauncherProps = {}) {
  const client = stateClient({ ...withThread(), chats: loadedList([row(MAYA, 3), row(NORA, 0)]) });
  const handle = createRef<ChatLauncherHandle>();
  const shown = renderWith(client, <ChatLauncher ref={handle} {...props} />);
  return { client, handle, ...shown };
}
const launcher = () => screen.getByRole('button', { name: /^Chat/ });
const dialog = () => screen.queryByRole('dialog', { name: 'Chat' });

describe('ChatLauncher', () => {
  it('makes its window when it is opened first, takes the focus in and gives it back', async () => {
    const { container } = show();
    expect(dialog()).toBeNull();
    expect(launcher()).toHaveAccessibleName('Chat 1 unread');
    await userEvent.click(launcher());
    expect(dialog()).toHaveFocus();
    expect(await screen.findByRole('group', { name: 'Inbox' })).toBeInTheDocument();
    await expectAccessible(container);
    await userEvent.keyboard('{Escape}');
    expect(dialog()).toBeNull();
    expect(launcher()).toHaveFocus();
    expect(screen.getByRole('group', { name: 'Inbox', hidden: true })).toBeInTheDocument();
  });

  it('opens the chat with one account, after a greeting', async () => {
    show({ peer: MAYA, greeting: 'Questions?' });
    await userEvent.click(screen.getByRole('button', { name: 'Questions?' }));
    expect(await screen.findByRole('textbox', { name: 'Message' })).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByText('Questions?')).toBeNull();
  });

  it('leaves Escape to what stands open in it', async () => {
    show({ peer: MAYA });
    await userEvent.click(launcher());
    await userEvent.click(await screen.findByRole('button', { name: 'Chat options' }));
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('menu')).toBeNull();
    expect(dialog()).toBeInTheDocument();
  });

  it('is opened and closed by its host where the host says so', async () => {
    const onOpenChange = vi.fn();
    show({ open: false, onOpenChange });
    await userEvent.click(launcher());
    expect(onOpenChange).toHaveBeenCalledWith(true);
    expect(dialog()).toBeNull();
  });

  it('does what its host asks by the handle, and tells what happens', async () => {
    const { client, handle } = show();
    const said: unknown[] = [];
    const offs = (['open', 'close', 'unread'] as const).map((name) =>
      handle.current?.on(name, (value: unknown) => said.push([name, value])),
    );
    act(() => handle.current?.prefill('Hello', MAYA));
    expect(draftOf(client.drafts.get(), MAYA)).toBe('Hello');
    act(() => handle.current?.show(MAYA));
    expect(await screen.findByRole('textbox', { name: 'Message' })).toHaveValue('Hello');
    act(() => handle.current?.prefill('Another'));
    expect(screen.getByRole('textbox', { name: 'Message' })).toHaveValue('Another');
    act(() => {
      client.store.set({ ...client.store.get(), chats: loadedList([row(MAYA, 0), row(NORA, 0)]) });
    });
    act(() => handle.current?.toggle());
    expect(said).toEqual([
      ['open', undefined],
      ['unread', 0],
      ['close', undefined],
    ]);
    for (const off of offs) off?.();
    act(() => handle.current?.open());
    expect(said).toHaveLength(3);
  });

  it('goes to another corner by drag or by Shift and arrow keys, and a drag is no click', async () => {
    const { container } = show({ draggable: true });
    const corner = () => container.querySelector('[data-corner]')?.getAttribute('data-corner');
    launcher().setPointerCapture = vi.fn();
    fireEvent.pointerDown(launcher(), { clientX: 1000, clientY: 740 });
    fireEvent.pointerMove(launcher(), { clientX: 60, clientY: 60 });
    fireEvent.pointerUp(launcher(), { clientX: 60, clientY: 60 });
    fireEvent.click(launcher());
    expect([corner(), dialog()]).toEqual(['top-start', null]);
    launcher().focus();
    await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowRight}{/Shift}');
    expect(corner()).toBe('bottom-end');
    fireEvent.pointerDown(launcher(), { clientX: 1000, clientY: 740 });
    fireEvent.pointerMove(launcher(), { clientX: 1002, clientY: 741 });
    fireEvent.pointerUp(launcher(), { clientX: 1002, clientY: 741 });
    fireEvent.click(launcher());
    expect(dialog()).toBeInTheDocument();
  });
});
