import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import type { ChatState, Group } from '../../src/client/state.ts';
import { PushChatError, type Concern } from '../../src/errors.ts';
import {
  ChatInbox,
  ChatWindow,
  CreateGroup,
  PushChatProvider,
  RequestList,
  type GroupId,
} from '../../src/exports/index.ts';
import type { Lie } from '../../src/testing/hostileNode.ts';
import { createTestWorld, type TestUser, type TestWorld } from '../../src/testing/testWorld.ts';
import { GROUP, groupState } from './support/groups.ts';
import { NOW } from './support/items.ts';
import { MAYA, ME, NORA, RAVI } from './support/people.ts';
import { expectAccessible } from './support/renderWith.tsx';
import { stateClient } from './support/stateClient.ts';

const show = (client: PushChatClient, ui: ReactElement) =>
  render(<PushChatProvider client={client}>{ui}</PushChatProvider>);

const LATE = { timeout: 5_000 };

describe('on a node', () => {
  let world: TestWorld;
  let ada: TestUser;
  let bo: TestUser;
  let cleo: TestUser;
  let chatId: GroupId;

  beforeEach(async () => {
    world = createTestWorld();
    [ada, bo, cleo] = await Promise.all([world.join('Ada'), world.join('Bo'), world.join('Cleo')]);
    await Promise.all([
      ada.client.updateProfile({ name: 'Ada' }),
      bo.client.updateProfile({ name: 'Bo' }),
      cleo.client.updateProfile({ name: 'Cleo' }),
    ]);
    chatId = await ada.client.groups.create({ name: 'Gardeners', description: 'Roses', members: [bo.did] });
    await bo.client.groups.join(chatId);
  });
  afterEach(() => world.close());

  it('says who wrote, what was done, and who is mentioned', async () => {
    const address = bo.did.slice('eip155:'.length);
    await bo.client.sendMessage(chatId, {
      type: 'Text',
      content: `**Seeds** on Sunday, @Ada. Write @${address} \`@Ada\``,
    });
    const { container } = show(ada.client, <ChatWindow peer={chatId} />);
    const log = screen.getByRole('log');
    await waitFor(() => expect(log).toHaveTextContent('Seeds on Sunday, @Ada.'), LATE);
    expect(await screen.findByText('Mentions you', {}, LATE)).toBeVisible();
    // The word itself, for others by their short address too; what is in code is code.
    const marked = [...log.querySelectorAll<HTMLElement>('[data-mention]:not(:empty)')].filter(({ title }) => title);
    expect(marked.map(({ textContent, dataset, title }) => [textContent, dataset['mention'], title])).toEqual([
      ['@Ada', 'me', ada.did],
      [`@${address.slice(0, 6)}…${address.slice(-4)}`, '', bo.did],
    ]);
    await waitFor(() => expect(log).toHaveTextContent('Ada made the group'), LATE);
    expect(log).toHaveTextContent('Ada added Bo');
    expect(log).toHaveTextContent('Bo joined');
    expect(await screen.findByText('2 members', {}, LATE)).toBeVisible();
    expect(screen.getByText('Private, encrypted')).toBeVisible();
    await expectAccessible(container);
  });

  it('says of a message whose key it was, and that it is for the group', async () => {
    await bo.client.sendMessage(chatId, { type: 'Text', content: 'Seeds on Sunday' });
    const { container } = show(ada.client, <ChatWindow peer={chatId} />);
    await screen.findByText('Seeds on Sunday', {}, LATE);
    await userEvent.click(screen.getByRole('button', { name: 'Message options' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Details' }));
    const panel = await screen.findByRole('dialog', {}, LATE);
    await waitFor(() => expect(panel).toHaveTextContent('The chat key of Bo, vouched for by their wallet'), LATE);
    expect(panel).toHaveTextContent('Written to this group');
    // A safety number is of two.
    expect(within(panel).queryByRole('button', { name: 'Compare safety number' })).toBeNull();
    await expectAccessible(container);
  });

  it('invites with inert words, and ends in the group', async () => {
    await ada.client.groups.addMembers(chatId, [cleo.did]);
    const { unmount } = show(cleo.client, <RequestList />);
    expect(await screen.findByText('Gardeners', {}, LATE)).toBeVisible();
    expect(await screen.findByText(/You are invited to a group · Private, encrypted/, {}, LATE)).toBeVisible();
    expect(cleo.client.store.get().groups[chatId]?.membership).toBe('listed');
    unmount();
    show(cleo.client, <ChatWindow peer={chatId} />);
    await userEvent.click(await screen.findByRole('button', { name: 'Accept' }, LATE));
    expect(await screen.findByRole('textbox', { name: 'Message' }, LATE)).toBeVisible();
  });

  it('names who invites once that is signed, whoever the node says it is', async () => {
    const mallory = `eip155:${world.wallet('Mallory').address}`;
    const liar: Lie = {
      name: 'another inviter',
      answer: (answer, { path }) =>
        path.includes('/requests')
          ? JSON.parse(JSON.stringify(answer).replace(/"intentSentBy":"[^"]*"/g, `"intentSentBy":"${mallory}"`))
          : answer,
    };
    const hider: Lie = {
      name: 'no acts',
      response: (response, { path }) => (path.includes('/acts') ? new Response('{}', { status: 404 }) : response),
    };
    await ada.client.groups.addMembers(chatId, [cleo.did]);
    cleo.network.set({ lies: [liar, hider] });
    const list = show(cleo.client, <RequestList />);
    expect(await screen.findByText(/You are invited to a group · /, {}, LATE)).toBeVisible();
    expect(list.container).not.toHaveTextContent(/invites you|0x/);
    list.unmount();

    const unproven = show(cleo.client, <ChatWindow peer={chatId} />);
    expect(await screen.findByText(/You are invited to a group · /, {}, LATE)).toBeVisible();
    await waitFor(
      () => expect(cleo.client.store.get().groups[chatId]).toMatchObject({ membership: 'unchecked', invitedBy: null }),
      LATE,
    );
    expect(await screen.findByText(/You are invited to a group · /, {}, LATE)).toBeVisible();
    unproven.unmount();

    cleo.network.set({ lies: [liar] });
    await cleo.client.groups.load(chatId);
    show(cleo.client, <ChatWindow peer={chatId} />);
    expect(await screen.findByText(/^Ada invites you · /, {}, LATE)).toBeVisible();
  });

  it('gives an admin the details and what can be done there', async () => {
    const { container } = show(ada.client, <ChatWindow peer={chatId} />);
    await userEvent.click(await screen.findByRole('button', { name: 'Group details' }, LATE));
    const panel = within(await screen.findByRole('dialog', {}, LATE));
    expect(await panel.findByText('Roses', {}, LATE)).toBeVisible();
    await userEvent.click(await panel.findByRole('button', { name: 'Options for Bo' }, LATE));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Make admin' }, LATE));
    await waitFor(() => expect(panel.queryByText('Members', { selector: 'div' })).toBeNull(), LATE);
    await expectAccessible(container);

    await userEvent.click(panel.getByRole('button', { name: 'Options for Bo' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Remove' }, LATE));
    const question = within(panel.getByRole('group', { name: 'Remove' }));
    expect(question.getByRole('button', { name: 'Remove' })).toHaveFocus();
    await userEvent.click(question.getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(panel.queryByRole('button', { name: 'Options for Bo' })).toBeNull(), LATE);

    await userEvent.click(panel.getByRole('button', { name: 'Edit group' }));
    const name = screen.getByRole('textbox', { name: 'Name' });
    await userEvent.clear(name);
    await userEvent.type(name, 'Growers');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('heading', { name: 'Growers' }, LATE)).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.getByRole('button', { name: 'Group details' })).toHaveFocus();
  });

  it('shows a member nothing that they may not do, and lets them leave', async () => {
    show(bo.client, <ChatWindow peer={chatId} />);
    await userEvent.click(await screen.findByRole('button', { name: 'Group details' }, LATE));
    const panel = within(await screen.findByRole('dialog', {}, LATE));
    await panel.findByText('Ada', {}, LATE);
    expect(panel.queryByRole('button', { name: /Options for|Add members|Edit group/ })).toBeNull();
    await userEvent.click(panel.getByRole('button', { name: 'Leave group' }));
    await userEvent.click(panel.getByRole('button', { name: 'Leave group' }));
    await waitFor(() => expect(bo.client.store.get().groups[chatId]?.standing).toBe('out'), LATE);
  });

  it('mentions a member by name, from the field’s own keys', async () => {
    await bo.client.updateProfile({ name: 'Bo' });
    show(ada.client, <ChatWindow peer={chatId} />);
    const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Message' }, LATE);
    await screen.findByText('2 members', {}, LATE);
    await userEvent.type(field, 'Thanks @b');
    const option = await screen.findByRole('option', { name: /Bo/ }, LATE);
    expect(option).toHaveAttribute('aria-selected', 'true');
    expect(field).toHaveAttribute('aria-activedescendant', option.id);
    await userEvent.keyboard('{Enter}');
    expect(field).toHaveValue('Thanks @Bo ');
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(field).not.toHaveAttribute('aria-activedescendant');
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(field).toHaveValue(''));
    await waitFor(() => expect(screen.getByRole('log')).toHaveTextContent('Thanks @Bo'), LATE);
  });

  it('makes a group and opens it', async () => {
    const { container } = show(ada.client, <ChatInbox />);
    await userEvent.click(await screen.findByRole('button', { name: 'New group' }, LATE));
    await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }, LATE), 'Book club');
    await userEvent.type(screen.getByRole('textbox', { name: /Address/ }), `${cleo.did.slice(7)}{Enter}`);
    await screen.findByRole('list', { name: 'Chosen accounts' }, LATE);
    await userEvent.click(screen.getByRole('radio', { name: 'Public' }));
    await expectAccessible(container);
    await userEvent.click(screen.getByRole('button', { name: 'Create group' }));
    expect(await screen.findByText(/everybody can read what you write/, {}, LATE)).toBeVisible();
    const made = Object.values(ada.client.store.get().groups).find(({ name }) => name === 'Book club');
    expect(made).toMatchObject({ isPublic: true, counts: { accepted: 1, pending: 1, admins: 1 } });
  });

  it('builds rules, and says what is missing', async () => {
    show(ada.client, <CreateGroup />);
    await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }, LATE), 'Holders');
    await userEvent.click(screen.getByText('Conditions (optional)'));
    const [entry] = screen.getAllByRole('button', { name: 'Add a condition' });
    await userEvent.click(entry ?? document.body);
    await userEvent.click(screen.getByRole('button', { name: 'Create group' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('A condition is not complete');
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Contract' }),
      '0xf418588522d5dd018b425E472991E52EBBeEEEEE',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Create group' }));
    await waitFor(() => {
      const made = Object.values(ada.client.store.get().groups).find(({ name }) => name === 'Holders');
      expect(made?.rules).toMatchObject({ entry: { conditions: { any: [{ category: 'ERC20' }] } } });
    }, LATE);
  });
});

describe('with members that are not sure', () => {
  const concerns: readonly Concern[] = [
    { reason: 'unproven', name: MAYA },
    { reason: 'unattested', name: NORA },
    { reason: 'changed', name: RAVI },
    { reason: 'key', name: 'ab12' },
    { reason: 'secret', name: 'cd34' },
  ];

  it('says who and why, and sends what waits once the user agrees', async () => {
    let refuse = true;
    const state: Partial<ChatState> = groupState({});
    const client = stateClient(state, {
      sendMessage: () =>
        refuse ? Promise.reject(new PushChatError('MembersUnconfirmed', 'Look.', { concerns })) : Promise.resolve('id'),
    });
    const accepted: (readonly string[])[] = [];
    const setConcerns = (now: readonly Concern[]): void => {
      const before = client.store.get();
      const group = before.groups[GROUP];
      if (group) act(() => client.store.set({ ...before, groups: { [GROUP]: { ...group, concerns: now } } }));
    };
    Object.assign(client.groups, {
      acceptMembers: (_: string, names: readonly string[]) => {
        accepted.push(names);
        refuse = false;
        setConcerns([]);
        return Promise.resolve();
      },
    });
    const { container } = show(client, <ChatWindow peer={GROUP} />);
    const field = await screen.findByRole('textbox', { name: 'Message' });
    await userEvent.type(field, 'In confidence{Enter}');
    setConcerns(concerns);
    const gate = await screen.findByRole('group', { name: /Not everybody/ }, LATE);
    expect(gate).toHaveTextContent('No wallet vouches for the key of');
    expect(gate).toHaveTextContent('A key of nobody in the group: ab12');
    expect(screen.queryByRole('alert')).toBeNull();
    expect(field).toHaveValue('In confidence');
    await expectAccessible(container);
    await userEvent.click(within(gate).getByRole('button', { name: 'Send to them anyway' }));
    await waitFor(() => expect(field).toHaveValue(''));
    expect(accepted).toEqual([concerns.map(({ name }) => name)]);
    expect(screen.queryByRole('group', { name: /Not everybody/ })).toBeNull();
  });

  it('says calmly that nobody but the node knows', async () => {
    show(stateClient(groupState({ membership: 'unchecked' })), <ChatWindow peer={GROUP} />);
    expect(await screen.findByText('Only the Push Node says who reads this.', {}, LATE)).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says from where on a newcomer can read', async () => {
    const lines: Group['lines'] = [
      { id: 'a', at: NOW - 600_000, by: MAYA, kind: 'created', members: [] },
      { id: 'b', at: NOW - 300_000, by: ME, kind: 'joined', members: [ME] },
    ];
    const group = groupState({ lines, since: NOW - 300_000, encryption: 'session' });
    show(stateClient(group), <ChatWindow peer={GROUP} />);
    expect(await screen.findByText('You can read from here on', {}, LATE)).toBeVisible();
  });
});
