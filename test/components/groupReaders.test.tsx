import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import type { Group, Thread, ThreadItem } from '../../src/client/state.ts';
import { readersOf } from '../../src/components/groups/readersOf.ts';
import { ChatWindow, PushChatProvider } from '../../src/exports/index.ts';
import type { Did } from '../../src/protocol/did.ts';
import { createTestWorld, type TestUser, type TestWorld } from '../../src/testing/testWorld.ts';
import { GROUP, groupState } from './support/groups.ts';
import { NOW, opened } from './support/items.ts';
import { MAYA, ME, NORA, RAVI } from './support/people.ts';
import { expectAccessible } from './support/renderWith.tsx';
import { stateClient } from './support/stateClient.ts';

const LATE = { timeout: 5_000 };

const show = (client: PushChatClient, ui: ReactElement) =>
  render(<PushChatProvider client={client}>{ui}</PushChatProvider>);

describe('on a node', () => {
  let world: TestWorld;
  let [ada, bo, cleo]: TestUser[] = [];

  beforeEach(async () => {
    world = createTestWorld();
    const options = { keyType: 'curve25519', readReceipts: true } as const;
    [ada, bo, cleo] = await Promise.all(['Ada', 'Bo', 'Cleo'].map((name) => world.join(name, options)));
    await bo?.client.updateProfile({ name: 'Bo' });
    await cleo?.client.updateProfile({ name: 'Cleo' });
  });
  afterEach(() => world.close());

  it.each(['message', 'session'] as const)(
    'members of a private group tell what they read (%s)',
    async (encryption) => {
      if (!ada || !bo || !cleo) throw new Error('There are three.');
      const chatId = await ada.client.groups.create({ name: 'Gardeners', members: [bo.did, cleo.did], encryption });
      await bo.client.groups.join(chatId);
      await cleo.client.groups.join(chatId);
      await ada.client.sendMessage(chatId, { type: 'Text', content: 'Seeds on Sunday' });

      const [window] = [ada, bo, cleo].map(({ client, name }) => {
        const { container } = show(client, <ChatWindow peer={chatId} aria-label={name} />);
        return container;
      });
      if (!window) throw new Error('It is drawn.');
      const mine = within(window);
      const button = await mine.findByRole('button', { name: 'Read by 2' }, LATE);
      await userEvent.click(button);
      const panel = within(await mine.findByRole('dialog', { name: 'Read by 2' }, LATE));
      const readers = within(panel.getByRole('list')).getAllByRole('listitem');
      expect(readers.map(({ textContent }) => /Bo|Cleo/.exec(textContent)?.[0]).sort()).toEqual(['Bo', 'Cleo']);
      await expectAccessible(window);
      await userEvent.keyboard('{Escape}');
      await waitFor(() => expect(mine.queryByRole('dialog')).toBeNull());
      expect(mine.getByRole('button', { name: 'Read by 2' })).toHaveFocus();

      // One each, and none of them is something to read.
      const receipts = ada.client.store
        .get()
        .threads[chatId]?.items.filter((item) => 'content' in item && item.content.type === 'Receipt');
      expect(receipts).toHaveLength(2);
      expect(mine.queryByText(/New messages/)).toBeNull();
    },
  );

  it('does not count what was read as unread, nor show it in the list', async () => {
    if (!ada || !bo) throw new Error('There are two.');
    const chatId = await ada.client.groups.create({ name: 'Gardeners', members: [bo.did] });
    await bo.client.groups.join(chatId);
    await ada.client.loadChats();
    const reference = await ada.client.sendMessage(chatId, { type: 'Text', content: 'Seeds on Sunday' });
    await ada.client.openThread(chatId);
    await bo.client.sendMessage(chatId, { type: 'Receipt', content: 'READ_RECEIPT', reference });
    const { store } = ada.client;
    await waitFor(() => expect(store.get().threads[chatId]?.items.at(-1)).toMatchObject({ sender: bo?.did }), LATE);
    expect(store.get().chats.items.find(({ peer }) => peer === chatId)).toMatchObject({
      unread: 0,
      last: { content: { type: 'Text' } },
    });
  });
});

describe('a receipt in a group', () => {
  const theirs = { ...opened('Hello', { id: 'theirs', minutesAgo: 5 }), sender: MAYA };
  const sent = (group: Partial<Group>, thread: Partial<Thread> = {}): unknown[] => {
    const state = groupState(group, { items: [theirs] });
    const threads = { [GROUP]: { ...state.threads?.[GROUP], ...thread } };
    const client = stateClient({ ...state, threads } as typeof state, { readReceipts: true });
    show(client, <ChatWindow peer={GROUP} />);
    return client.calls.filter(([command]) => command === 'sendMessage');
  };

  it('is for the newest message of others', () => {
    expect(sent({})).toEqual([
      ['sendMessage', GROUP, { type: 'Receipt', content: 'READ_RECEIPT', reference: 'theirs' }],
    ]);
  });

  it.each([
    ['of more than fifty', { counts: { accepted: 51, pending: 0, admins: 1 } }, {}],
    ['of nobody knows how many', { counts: null }, {}],
    ['that is public', { isPublic: true, encryption: 'none' }, { peerKey: 'public' }],
    ['whose members only a node names', { membership: 'unchecked' }, { peerKey: 'unchecked' }],
  ] as const)('is not sent where it is one %s', (_, group, thread) => {
    expect(sent(group, thread)).toEqual([]);
    // Nor is there anything to choose, and a menu of nothing is none.
    expect(screen.queryByRole('button', { name: 'Chat options' })).toBeNull();
  });

  it('is sent no more where the user says so', async () => {
    const state = groupState({}, { items: [] });
    const client = stateClient(state, { readReceipts: true });
    show(client, <ChatWindow peer={GROUP} />);
    await userEvent.click(screen.getByRole('button', { name: 'Chat options' }));
    await userEvent.click(screen.getByRole('menuitem', { name: 'Stop sending read receipts' }));
    act(() => client.store.set({ ...client.store.get(), ...groupState({}, { items: [theirs] }) }));
    expect(client.calls.filter(([command]) => command === 'sendMessage')).toEqual([]);
  });
});

describe('those who have read a message', () => {
  const mine = opened('Hello', { id: 'mine', from: 'me', minutesAgo: 30 });
  const later = opened('Again', { id: 'later', from: 'me', minutesAgo: 10 });
  const receipt = (sender: Did, reference: string, state: 'verified' | 'signed' = 'verified') => ({
    ...opened({ type: 'Receipt', content: 'READ_RECEIPT', reference }, { state }),
    sender,
  });
  const line = (kind: Group['lines'][number]['kind'], did: Did, minutesAgo: number) => ({
    ...{ id: `${kind}${minutesAgo}`, kind, at: NOW - minutesAgo * 60_000, by: did },
    members: kind === 'created' ? [] : [did],
  });
  const readers = (item: ThreadItem, more: readonly ThreadItem[], lines: Group['lines'] = []): Did[] =>
    readersOf(item, [mine, later, ...more], lines).map(({ did }) => did);

  it('signed a receipt for it, or for a later one, with a key that their wallet vouches for', () => {
    const all = [receipt(MAYA, 'later'), receipt(NORA, 'mine'), receipt(NORA, 'mine'), receipt(RAVI, 'mine', 'signed')];
    expect(readers(mine, all)).toEqual([MAYA, NORA]);
    expect(readers(later, all)).toEqual([MAYA]);
    expect(readers(mine, [{ ...receipt(ME, 'mine'), from: 'me' }, receipt(NORA, 'elsewhere')])).toEqual([]);
  });

  it('were in the group when it was written', () => {
    const all = [receipt(MAYA, 'later'), receipt(NORA, 'later'), receipt(RAVI, 'later')];
    const lines = [
      line('created', MAYA, 60),
      line('joined', RAVI, 50),
      line('left', RAVI, 40),
      line('joined', NORA, 20),
      line('joined', RAVI, 15),
    ];
    expect(readers(mine, all, lines)).toEqual([MAYA]);
    expect(readers(later, all, lines)).toEqual([MAYA, NORA, RAVI]);
  });
});
