import { act, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { ChatListState, ChatSummary } from '../../src/client/state.ts';
import { ChatInbox } from '../../src/components/ChatInbox/ChatInbox.tsx';
import { ChatList } from '../../src/components/ChatList/ChatList.tsx';
import { RequestList } from '../../src/components/RequestList/RequestList.tsx';
import { PushChatError } from '../../src/errors.ts';
import type { Did } from '../../src/protocol/did.ts';
import { NOW, opened, PICTURE, quarantined } from './support/items.ts';
import { MAYA, ME, NORA, RAVI } from './support/people.ts';
import { expectAccessible, renderWith } from './support/renderWith.tsx';
import { loadedList, ready, stateClient, withThread } from './support/stateClient.ts';

const row = (peer: ChatSummary['peer'], last: ChatSummary['last'], unread = 0): ChatSummary => ({
  peer,
  chatId: peer,
  timestamp: NOW,
  unread,
  ...(last && { last }),
});
const chats = loadedList([
  row(MAYA, opened('Packed\nand sent')),
  row(NORA, opened('Which one?'), 3),
  row(RAVI, quarantined()),
]);
const requests = loadedList([row(NORA, opened('Hi! Photos: https://evil.example/x and javascript://x'))]);
const error = new PushChatError('NetworkUnavailable', 'The Push Node cannot be reached.');
const button = (name: string | RegExp) => screen.getByRole('button', { name });

describe('ChatList', () => {
  it('shows with whom, the last words in one line, and what is unread', async () => {
    const onSelect = vi.fn();
    const { container } = renderWith(
      stateClient({ ...ready, chats }),
      <ChatList selected={MAYA.toLowerCase()} onSelect={onSelect} />,
    );
    expect(button(/Packed and sent/)).toHaveAttribute('aria-current', 'true');
    expect(button(/Which one\?.*3 unread/)).not.toHaveAttribute('aria-current');
    expect(button(/Message hidden/)).toBeInTheDocument();
    await expectAccessible(container);
    await userEvent.click(button(/Which one/));
    expect(onSelect).toHaveBeenCalledWith(NORA);
  });

  it('has a menu for each chat, by its button and by a right click, which marks it as read or blocks', async () => {
    const client = stateClient({ ...ready, chats });
    renderWith(client, <ChatList />);
    const names = () => screen.getAllByRole('menuitem').map(({ textContent }) => textContent);
    await userEvent.pointer({ target: button(/Which one/), keys: '[MouseRight]' });
    expect(names()).toEqual(['Mark as read', 'Copy address', 'Block']);
    await userEvent.click(screen.getByRole('menuitem', { name: 'Mark as read' }));
    expect(client.calls).toContainEqual(['markRead', NORA]);
    screen.getAllByRole('button', { name: 'Chat options' })[0]?.focus();
    await userEvent.keyboard('{Enter}');
    expect(names()).toEqual(['Copy address', 'Block']);
    await userEvent.click(screen.getByRole('menuitem', { name: 'Block' }));
    expect(client.calls).toContainEqual(['blockUser', MAYA]);
  });

  it('moves by arrow keys, Home and End', async () => {
    renderWith(stateClient({ ...ready, chats }), <ChatList />);
    const [first, second, third] = screen.getAllByRole('button').filter((one) => one.ariaHasPopup === null);
    await userEvent.tab();
    expect(first).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    expect(second).toHaveFocus();
    await userEvent.keyboard('{End}');
    expect(third).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}{ArrowUp}');
    expect(second).toHaveFocus();
    await userEvent.keyboard('{Home}');
    expect(first).toHaveFocus();
  });

  it('is empty, loads, fails, and has more', async () => {
    const client = stateClient({ ...ready, chats: loadedList() });
    renderWith(client, <ChatList />);
    expect(screen.getByText('No chats yet')).toBeInTheDocument();
    const change = (next: Partial<typeof chats>) =>
      act(() => client.store.set({ ...client.store.get(), chats: { ...client.store.get().chats, ...next } }));
    change({ loading: { status: 'loading' } });
    expect(screen.getByRole('status')).toHaveTextContent('Loading chats…');
    change({ loading: { status: 'failed', error } });
    expect(screen.getByRole('alert')).toHaveTextContent('cannot be reached');
    await userEvent.click(button('Try again'));
    expect(client.calls).toContainEqual(['refresh']);
    change({ ...chats, nextPage: 2 });
    await userEvent.click(button('Load more chats'));
    expect(client.calls).toContainEqual(['loadChats']);
  });

  it('unlocks where it stands alone', () => {
    renderWith(stateClient({ session: { status: 'locked', did: ME } }), <ChatList />);
    expect(button(/^Unlock/)).toBeInTheDocument();
  });
});

describe('RequestList', () => {
  it('previews as inert words: no link, no picture, whatever came', async () => {
    const client = stateClient({
      ...ready,
      requests: loadedList([...requests.items, row(RAVI, opened({ type: 'Image', content: PICTURE }))]),
    });
    const { container } = renderWith(client, <RequestList />);
    expect(container.querySelectorAll('a, img, video, audio')).toHaveLength(0);
    expect(screen.getByText(/Hi! Photos:/)).toHaveTextContent('Hi! Photos: link hidden and link hidden');
    expect(screen.getByText('Picture')).toBeInTheDocument();
    expect(container).toHaveTextContent(
      'Accepting lets them notify you. Until then they can’t see whether you read this.',
    );
    await expectAccessible(container);
  });

  it('UI-01 markup in a request and its name makes no element', () => {
    const markup = '<img src=x onerror=alert(1)>';
    const client = stateClient({
      ...ready,
      requests: loadedList([row(NORA, opened(markup))]),
      profiles: { [NORA]: { did: NORA, name: markup, about: markup, picture: PICTURE, key: 'verified', blocked: [] } },
    });
    const { container } = renderWith(client, <RequestList />);
    expect(container.querySelector('img')).toBeNull();
    expect(screen.getAllByText(markup)).toHaveLength(2);
  });

  it('answers from the row, and says whom each button is about', async () => {
    const client = stateClient({ ...ready, requests });
    const onSelect = vi.fn();
    renderWith(client, <RequestList onSelect={onSelect} />);
    for (const [name, command] of [
      ['Accept', 'acceptRequest'],
      ['Reject', 'rejectRequest'],
      ['Block', 'blockUser'],
    ] as const) {
      expect(button(name)).toHaveAccessibleDescription('0x71C7…976F');
      await userEvent.click(button(name));
      expect(client.calls).toContainEqual([command, NORA]);
    }
    await userEvent.click(button('Read request'));
    expect(onSelect).toHaveBeenCalledWith(NORA);
  });

  it('offers to undo a block, which brings the request back', async () => {
    const client = stateClient({ ...ready, requests });
    renderWith(client, <RequestList />);
    const change = (blocked: readonly Did[], list: ChatListState): void =>
      act(() => client.store.set({ ...client.store.get(), blocked, requests: list }));
    change([], loadedList());
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
    change([], requests);
    change([NORA], loadedList());
    expect(screen.getByText('0x71C7…976F is blocked')).toBeInTheDocument();
    await userEvent.click(button('Undo'));
    expect(client.calls.slice(-2)).toEqual([['unblockUser', NORA], ['refresh']]);
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  });

  it('is empty, and fails', () => {
    const client = stateClient({ ...ready, requests: loadedList() });
    renderWith(client, <RequestList />);
    expect(screen.getByText('No requests')).toBeInTheDocument();
    const failing = { ...loadedList(), loading: { status: 'failed', error } as const };
    act(() => client.store.set({ ...client.store.get(), requests: failing }));
    expect(screen.getByRole('alert')).toHaveTextContent('cannot be reached');
  });
});

describe('ChatInbox', () => {
  const state = { ...withThread({ items: [opened('Hello from Maya')] }), chats, requests };

  it('opens a chat from the list, and goes back', async () => {
    const onPeerChange = vi.fn();
    const { container } = renderWith(stateClient(state), <ChatInbox onPeerChange={onPeerChange} />);
    expect(screen.getByText('Choose a chat')).toBeInTheDocument();
    await userEvent.click(button(/Packed and sent/));
    expect(screen.getByText('Hello from Maya')).toBeInTheDocument();
    await expectAccessible(container);
    await userEvent.click(button('Back to chats'));
    expect(screen.queryByText('Hello from Maya')).toBeNull();
    expect(onPeerChange.mock.calls).toEqual([[MAYA], [null]]);
  });

  it('shows the peer that its page chooses', () => {
    const client = stateClient(state);
    const { rerender } = renderWith(client, <ChatInbox peer={MAYA} />);
    expect(screen.getByText('Hello from Maya')).toBeInTheDocument();
    rerender(<ChatInbox peer={null} />);
    expect(screen.queryByText('Hello from Maya')).toBeNull();
  });

  it('says how many requests there are, unless its page does not want that', () => {
    const { rerender } = renderWith(stateClient(state), <ChatInbox />);
    expect(screen.getByRole('tab', { name: /^Requests/ })).toHaveTextContent(String(requests.items.length));
    rerender(<ChatInbox requestCount={false} />);
    expect(screen.getByRole('tab', { name: /^Requests/ })).toHaveTextContent(/^Requests$/);
  });

  it('turns between chats and requests by pointer and by arrow keys', async () => {
    renderWith(stateClient(state), <ChatInbox />);
    const tab = (name: RegExp) => screen.getByRole('tab', { name });
    await userEvent.click(tab(/^Requests/));
    expect(within(screen.getByRole('tabpanel')).getByRole('button', { name: 'Accept' })).toBeInTheDocument();
    await userEvent.keyboard('{ArrowLeft}');
    expect(tab(/^Chats/)).toHaveFocus();
    expect(tab(/^Chats/)).toHaveAttribute('aria-selected', 'true');
  });

  it('unlocks in one place', () => {
    renderWith(stateClient({ session: { status: 'locked', did: ME } }), <ChatInbox defaultPeer={MAYA} />);
    expect(screen.getAllByRole('button')).toHaveLength(1);
  });
});
