import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import type { Identity, Thread, ThreadItem } from '../../src/client/state.ts';
import { ChatInbox } from '../../src/components/ChatInbox/ChatInbox.tsx';
import { ChatWindow } from '../../src/components/ChatWindow/ChatWindow.tsx';
import { foldItems } from '../../src/components/ChatWindow/foldItems.ts';
import { failedAt } from '../../src/protocol/verification.ts';
import { failed, opened, pending, quarantined } from './support/items.ts';
import { MAYA, ME } from './support/people.ts';
import { expectAccessible, renderWith } from './support/renderWith.tsx';
import { loadedList, stateClient, withThread } from './support/stateClient.ts';

const verification = {
  ...failedAt('content', 'Internal'),
  signer: MAYA,
  key: { fingerprint: 'ab'.repeat(20), level: 'verified', attestedBy: 'eip191v2', earlier: false },
  scheme: 'pgpv3',
  signedAt: Date.UTC(2026, 10, 23, 10, 42),
  failed: null,
} as const;
const hello = { ...opened('Hello there', { id: 'hello', minutesAgo: 3 }), verification };
const mine = { ...opened('My own', { id: 'mine', from: 'me', minutesAgo: 2 }), verification };
const reaction = (content: string, reference: string, from: 'me' | 'peer', id: string): ThreadItem =>
  opened({ type: 'Reaction', content, reference }, { from, id });
const identity: Identity = {
  fingerprint: 'ab'.repeat(20),
  created: 1,
  attestedBy: 'eip191v2',
  earlier: [],
  compared: false,
  change: null,
  needsConsent: false,
};

function show(thread: Partial<Thread> = {}, more: object = {}, answers: Partial<Omit<PushChatClient, 'store'>> = {}) {
  const client = stateClient({ ...withThread({ items: [hello, mine], ...thread }), ...more }, answers);
  return { client, ...renderWith(client, <ChatWindow peer={MAYA} />) };
}
const bubbleOf = (text: string): HTMLElement => {
  const row = screen.getByText(text).closest<HTMLElement>('[data-row]');
  if (!row) throw new Error(`no row with ${text}`);
  return row;
};
async function choose(text: string, name: string): Promise<void> {
  await userEvent.click(within(bubbleOf(text)).getByRole('button', { name: 'Message options' }));
  await userEvent.click(screen.getByRole('menuitem', { name }));
}

describe('what stands beside messages', () => {
  it('is put to the message that it is for, and counted once for each of the two', () => {
    const { items, reactions } = foldItems([
      hello,
      reaction('👍', 'hello', 'me', 'r1'),
      reaction('👍', 'hello', 'me', 'r2'),
      reaction('👍', 'hello', 'peer', 'r3'),
      reaction('🔥', 'hello', 'peer', 'r4'),
      reaction('🔥', 'elsewhere', 'peer', 'r5'),
    ]);
    expect(items.map(({ id }) => id)).toEqual(['hello', 'r5']);
    expect(reactions.get('hello')).toEqual([
      { emoji: '👍', mine: true, theirs: true },
      { emoji: '🔥', mine: false, theirs: true },
    ]);
  });

  it('stays in the thread where it could not be sent', () => {
    const lost = failed({ type: 'Reaction', content: '👍', reference: 'hello' }, { id: 'lost' });
    const on = pending({ type: 'Reaction', content: '🔥', reference: 'hello' }, { id: 'on' });
    const { items, reactions } = foldItems([hello, lost, on]);
    expect(items.map(({ id }) => id)).toEqual(['hello', 'lost']);
    expect(reactions.get('hello')?.map(({ emoji }) => emoji)).toEqual(['🔥']);
  });

  it('tells which of my messages the peer says to have read, and no others', () => {
    const receipt = (reference: string, from: 'me' | 'peer') =>
      opened({ type: 'Receipt', content: 'READ_RECEIPT', reference }, { from });
    show({ items: [hello, mine, receipt('mine', 'peer')] });
    expect(within(bubbleOf('My own')).getAllByText('Read')).not.toHaveLength(0);
    expect(foldItems([hello, mine, receipt('hello', 'peer'), receipt('mine', 'me')]).readUntil).toBe(-Infinity);
  });
});

describe('the menu of a message', () => {
  it('replies: the message stands over the text, Escape takes it away, sending names it', async () => {
    const { client, container } = show();
    await choose('Hello there', 'Reply');
    const field = screen.getByRole('textbox', { name: 'Message' });
    expect(field).toHaveFocus();
    expect(screen.getByText('Reply to', { exact: false })).toBeInTheDocument();
    await expectAccessible(container);
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByText('Reply to', { exact: false })).toBeNull();
    await choose('Hello there', 'Reply');
    await userEvent.keyboard('Hi{Enter}');
    const content = { type: 'Reply', content: { type: 'Text', content: 'Hi' }, reference: 'hello' };
    expect(client.calls).toContainEqual(['sendMessage', MAYA, content, { allowPlaintext: false }]);
    expect(screen.queryByText('Reply to', { exact: false })).toBeNull();
  });

  it('reacts once with each emoji', async () => {
    const { client } = show({ items: [hello, reaction('👍', 'hello', 'me', 'r')] });
    await userEvent.click(within(bubbleOf('Hello there')).getByRole('button', { name: 'Message options' }));
    expect(screen.getByRole('menuitem', { name: 'React with 👍' })).toBeDisabled();
    await userEvent.click(screen.getByRole('menuitem', { name: 'React with 🔥' }));
    expect(client.calls).toContainEqual([
      'sendMessage',
      MAYA,
      { type: 'Reaction', content: '🔥', reference: 'hello' },
      undefined,
    ]);
  });

  it('copies the words as they were written', async () => {
    const user = userEvent.setup();
    const write = vi.spyOn(navigator.clipboard, 'writeText');
    show();
    await user.click(within(bubbleOf('Hello there')).getByRole('button', { name: 'Message options' }));
    await user.click(screen.getByRole('menuitem', { name: 'Copy' }));
    expect(write).toHaveBeenCalledWith('Hello there');
  });

  it('GR-12 offers a stranger’s message no reply, no reaction', async () => {
    show({ relation: 'request-received' });
    await userEvent.click(within(bubbleOf('Hello there')).getByRole('button', { name: 'Message options' }));
    expect(screen.getAllByRole('menuitem').map((item) => item.textContent)).toEqual([
      'Copy',
      'Details',
      'Delete for me',
    ]);
  });

  it('says why a message is believed, hides the thread meanwhile, and saves the evidence', async () => {
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined }));
    const exportProof = vi.fn(() => Promise.resolve({ v: 1 } as never));
    const { container } = show({}, {}, { exportProof });
    await choose('Hello there', 'Details');
    const panel = await screen.findByRole('dialog', { name: 'Verified' });
    expect(panel).toHaveFocus();
    expect(within(panel).getAllByRole('listitem')).toHaveLength(5);
    expect(within(panel).getByText(/^ABAB ABAB/)).toBeInTheDocument();
    await expectAccessible(container);
    await userEvent.click(within(panel).getByRole('button', { name: 'Save proof' }));
    await waitFor(() => expect(screen.getByText('The proof was saved.')).toBeInTheDocument());
    expect(exportProof).toHaveBeenCalledWith('hello');
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
    vi.unstubAllGlobals();
  });

  it('says which check a hidden message failed, and not a word of it', async () => {
    const hidden = { ...quarantined('ProofInvalid', { id: 'bad' }), verification: failedAt('proof', 'ProofInvalid') };
    show({ items: [hidden] });
    await choose('Message hidden', 'Details');
    const panel = await screen.findByRole('dialog', { name: 'Message hidden' });
    const states = within(panel)
      .getAllByRole('listitem')
      .map((item) => item.getAttribute('data-state'));
    expect(states).toEqual(['passed', 'passed', 'passed', 'failed', 'unmade']);
    expect(within(panel).queryByRole('button', { name: 'Save proof' })).toBeNull();
  });
});

describe('the safety number', () => {
  const both = { identities: { [ME]: identity, [MAYA]: { ...identity, fingerprint: 'cd'.repeat(20) } } };

  it('is shown in groups, and noted as compared', async () => {
    const { client } = show({}, both);
    await userEvent.click(screen.getByRole('button', { name: 'Chat options' }));
    await userEvent.click(screen.getByRole('menuitem', { name: 'Safety number' }));
    const panel = await screen.findByRole('dialog', { name: 'Safety number' });
    expect(panel.textContent.match(/\d{5}/g)).toHaveLength(12);
    await userEvent.click(within(panel).getByRole('button', { name: 'The numbers are the same' }));
    expect(client.calls).toContainEqual(['markVerified', MAYA]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('is asked for before anything goes to another key than the one that was compared', async () => {
    const changed = { ...identity, compared: true, needsConsent: true };
    const { client } = show({}, { identities: { [ME]: identity, [MAYA]: changed } });
    expect(screen.queryByRole('textbox')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Write to the new key' }));
    expect(client.calls).toContainEqual(['acceptKeyChange', MAYA]);
  });
});

describe('deleting for oneself', () => {
  it('takes a message out of sight, offers the way back, and tells nobody', async () => {
    const { client } = show();
    await choose('Hello there', 'Delete for me');
    expect(screen.queryByText('Hello there')).toBeNull();
    expect(screen.getByText('My own')).toBeInTheDocument();
    expect(screen.getByText('Message deleted on this device').closest('[role=status]')).not.toBeNull();
    expect(client.calls.filter(([command]) => command === 'sendMessage')).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(screen.getByText('Hello there')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  });

  it('can be undone later, from the menu of the chat; nothing is lost', async () => {
    show();
    await choose('Hello there', 'Delete for me');
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    await choose('My own', 'Delete for me');
    await userEvent.click(screen.getByRole('button', { name: 'Chat options' }));
    await userEvent.click(screen.getByRole('menuitem', { name: 'Bring back 2 deleted messages' }));
    expect(screen.getByText('Hello there')).toBeInTheDocument();
    expect(screen.getByText('My own')).toBeInTheDocument();
  });

  it('a reply to it does not show its words, nor does the list of chats', () => {
    const reply = opened(
      { type: 'Reply', content: { type: 'Text', content: 'Yes' }, reference: 'hello' },
      { id: 'yes' },
    );
    const client = stateClient({
      ...withThread({ items: [hello, { ...reply, verification }] }),
      chats: loadedList([{ peer: MAYA, chatId: 'c', timestamp: 1, unread: 0, last: hello }]),
    });
    renderWith(client, <ChatInbox peer={MAYA} />);
    expect(screen.getAllByText('Hello there')).toHaveLength(3);
    act(() => client.removeMessage(hello));
    expect(screen.queryByText('Hello there')).toBeNull();
    expect(screen.getByText('An earlier message')).toBeInTheDocument();
  });
});

describe('read receipts', () => {
  const receiptsIn = (client: { readonly calls: readonly (readonly unknown[])[] }): unknown[] =>
    client.calls.flatMap(([command, , content]) =>
      command === 'sendMessage' && (content as { type: string }).type === 'Receipt' ? [content] : [],
    );
  const receipt = { type: 'Receipt', content: 'READ_RECEIPT', reference: 'hello' } as const;

  it('are not sent unless the page says so, nor to strangers', () => {
    expect(receiptsIn(show().client)).toEqual([]);
    expect(receiptsIn(show({ relation: 'request-received' }, {}, { readReceipts: true }).client)).toEqual([]);
    expect(receiptsIn(show({ peerKey: 'signed' }, {}, { readReceipts: true }).client)).toEqual([]);
  });

  it('tell the newest message of the peer, once, also over sessions', () => {
    const { client } = show({}, {}, { readReceipts: true });
    expect(receiptsIn(client)).toEqual([receipt]);
    const set = (items: readonly ThreadItem[]) =>
      act(() => client.store.set({ ...client.store.get(), ...withThread({ items }) }));
    set([hello, mine, opened(receipt, { from: 'me', id: 'r' })]);
    set([hello, mine, opened(receipt, { from: 'me', id: 'r' }), reaction('👍', 'mine', 'peer', 'x')]);
    expect(receiptsIn(client)).toEqual([receipt]);
    const again = show({ items: [hello, mine, opened(receipt, { from: 'me', id: 'r' })] }, {}, { readReceipts: true });
    expect(receiptsIn(again.client)).toEqual([]);
  });

  it('end where the user ends them for a chat, and one that failed leaves no trace in the thread', async () => {
    const { client } = show({ items: [mine] }, {}, { readReceipts: true });
    await userEvent.click(screen.getByRole('button', { name: 'Chat options' }));
    await userEvent.click(screen.getByRole('menuitem', { name: 'Stop sending read receipts' }));
    const stuck = failed(receipt, { id: 'f' });
    act(() => client.store.set({ ...client.store.get(), ...withThread({ items: [mine, hello, stuck] }) }));
    expect(receiptsIn(client)).toEqual([]);
    expect(screen.queryByText('Not sent')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Chat options' }));
    expect(screen.getByRole('menuitem', { name: 'Send read receipts' })).toBeInTheDocument();
  });
});

describe('a finger that rests on a message', () => {
  const touch = { pointerType: 'touch', clientX: 10, clientY: 10 };
  it.each([
    ['opens its menu', 500, 12, true],
    ['is no tap', 300, 12, false],
    ['does not scroll', 500, 40, false],
  ])('%s', (_, ms, x, opens) => {
    vi.useFakeTimers();
    try {
      show();
      fireEvent.pointerDown(screen.getByText('Hello there'), touch);
      fireEvent.pointerMove(screen.getByText('Hello there'), { ...touch, clientX: x });
      act(() => void vi.advanceTimersByTime(ms));
      fireEvent.pointerUp(screen.getByText('Hello there'), touch);
      act(() => void vi.advanceTimersByTime(1_000));
      expect(screen.queryByRole('menu') !== null).toBe(opens);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('going through the thread', () => {
  it('by arrow keys from message to message, Enter opens the menu, and a quote leads to what it answers', async () => {
    const reply = opened(
      { type: 'Reply', content: { type: 'Text', content: 'Yes' }, reference: 'hello' },
      { id: 'yes' },
    );
    show({ items: [hello, mine, { ...reply, verification }] });
    screen.getByRole('log').focus();
    await userEvent.keyboard('{ArrowUp}');
    expect(bubbleOf('Yes')).toHaveFocus();
    await userEvent.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}{ArrowDown}');
    expect(bubbleOf('My own')).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(screen.getByRole('menu')).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('menu')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: /Go to the message that this answers/ }));
    expect(screen.getAllByText('Hello there')[0]?.closest('[data-row]')).toHaveFocus();
  });

  it('shows where the unread began when it was opened, and leaves it there', () => {
    const chats = {
      items: [{ peer: MAYA, chatId: 'c', timestamp: 1, unread: 1 }],
      loading: { status: 'loaded' },
      nextPage: null,
    };
    const { client } = show({ items: [mine, hello] }, { chats });
    const line = screen.getByText('1 new message');
    expect(line.compareDocumentPosition(bubbleOf('Hello there')) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
    act(() => {
      client.store.set({ ...client.store.get(), chats: { ...client.store.get().chats, items: [] } });
    });
    expect(screen.getByText('1 new message')).toBeInTheDocument();
  });

  it('reads out what comes, once, and never what was there', () => {
    const { client, container } = show();
    const live = container.querySelector('[aria-live="polite"]');
    expect(live).toBeEmptyDOMElement();
    const arrive = (...items: ThreadItem[]) =>
      act(() => {
        client.store.set({ ...client.store.get(), ...withThread({ items: [hello, mine, ...items] }) });
      });
    const news = opened('News', { id: 'n', minutesAgo: 1 });
    arrive(news);
    expect(live).toHaveTextContent('News');
    arrive(news, opened('Mine again', { id: 'o', from: 'me' }));
    expect(live).not.toHaveTextContent('Mine again');
  });
});
