import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import { ChatWindow, PushChatProvider, type GroupId } from '../../src/exports/index.ts';
import { allOf, anyOf, groupRules, holdsErc20, isInvitedBy } from '../../src/protocol/groups/buildRules.ts';
import type { GroupRules } from '../../src/protocol/groups/groupRules.ts';
import { createTestWorld, type TestUser, type TestWorld } from '../../src/testing/testWorld.ts';
import { GROUP, groupState } from './support/groups.ts';
import { expectAccessible } from './support/renderWith.tsx';
import { stateClient } from './support/stateClient.ts';

const LATE = { timeout: 5_000 };
const CONTRACT = '0xf418588522d5dd018b425E472991E52EBBeEEEEE';

const show = (client: PushChatClient, ui: ReactElement) =>
  render(<PushChatProvider client={client}>{ui}</PushChatProvider>);

const openRules = async () => {
  await userEvent.click(await screen.findByRole('button', { name: 'Group details' }, LATE));
  await userEvent.click(await screen.findByRole('button', { name: /Change conditions|Set conditions/ }, LATE));
  return within(screen.getByRole('dialog', { name: 'Change conditions' }));
};

describe('on a node', () => {
  let world: TestWorld;
  let ada: TestUser;
  let bo: TestUser;

  beforeEach(async () => {
    world = createTestWorld();
    [ada, bo] = await Promise.all([
      world.join('Ada', { keyType: 'curve25519' }),
      world.join('Bo', { keyType: 'curve25519' }),
    ]);
  });
  afterEach(() => world.close());

  const make = async (rules: GroupRules): Promise<GroupId> => {
    const chatId = await ada.client.groups.create({ name: 'Gardeners', members: [bo.did], rules });
    await bo.client.groups.join(chatId);
    return chatId;
  };
  const rulesFor = async (user: TestUser, chatId: GroupId): Promise<GroupRules | undefined> => {
    await user.client.groups.load(chatId);
    return user.client.store.get().groups[chatId]?.rules;
  };

  it('changes one condition, and keeps those that it has no fields for', async () => {
    const token = holdsErc20({ chain: 1, contract: CONTRACT, amount: 50, decimals: 18 });
    const less = holdsErc20({ chain: 10, contract: CONTRACT, amount: 9, decimals: 18, comparison: '<' });
    const within10 = allOf(isInvitedBy('ADMIN'), less);
    const chatId = await make(groupRules({ entry: anyOf(isInvitedBy('ADMIN', 'OWNER'), token, within10) }));

    const { container } = show(ada.client, <ChatWindow peer={chatId} />);
    const panel = await openRules();
    const kept = panel.getByRole('group', { name: /stays as it is/ });
    expect(kept).toHaveTextContent('All of these');
    expect(kept).toHaveTextContent('< 9 tokens of 0xf418…EEEE on OP Mainnet');
    await expectAccessible(container);
    const amount = panel.getByRole('textbox', { name: 'At least' });
    expect(amount).toHaveValue('50');
    await userEvent.clear(amount);
    await userEvent.click(panel.getByRole('button', { name: 'Save' }));
    expect(await panel.findByRole('alert')).toHaveTextContent('A condition is not complete');
    await userEvent.type(amount, '75');
    await userEvent.click(panel.getByRole('button', { name: 'Save' }));

    const dialog = await screen.findByRole('dialog', { name: 'Group details' }, LATE);
    await waitFor(() => expect(dialog).toHaveTextContent('≥ 75 tokens'), LATE);
    const more = { ...token, data: { ...token.data, amount: 75 } };
    expect(await rulesFor(bo, chatId)).toEqual({
      entry: { conditions: { any: [isInvitedBy('ADMIN', 'OWNER'), more, within10] } },
    });
    // Bo was told by what Ada signed, not by the node's word.
    expect(bo.client.store.get().groups[chatId]?.membership).toBe('proven');
  });

  it('sets conditions where there are none, and takes them away', async () => {
    const chatId = await make({});
    show(ada.client, <ChatWindow peer={chatId} />);
    let panel = await openRules();
    const [entry] = panel.getAllByRole('button', { name: 'Add a condition' });
    await userEvent.click(entry ?? document.body);
    await userEvent.type(panel.getByRole('textbox', { name: 'Contract' }), CONTRACT);
    await userEvent.click(panel.getByRole('button', { name: 'Save' }));
    await screen.findByRole('button', { name: 'Change conditions' }, LATE);
    expect(await rulesFor(bo, chatId)).toMatchObject({ entry: { conditions: { any: [{ category: 'ERC20' }] } } });

    await userEvent.click(screen.getByRole('button', { name: 'Change conditions' }));
    panel = within(screen.getByRole('dialog'));
    await userEvent.click(panel.getByRole('button', { name: 'Remove condition' }));
    expect(panel.getAllByRole('button', { name: 'Add a condition' })[0]).toHaveFocus();
    await userEvent.click(panel.getByRole('button', { name: 'Save' }));
    await screen.findByRole('button', { name: 'Set conditions' }, LATE);
    expect(await rulesFor(bo, chatId)).toEqual({});
  });

  it('shows members the conditions, and no way to change them', async () => {
    const chatId = await make(groupRules({ entry: anyOf(isInvitedBy('ADMIN')) }));
    show(bo.client, <ChatWindow peer={chatId} />);
    await userEvent.click(await screen.findByRole('button', { name: 'Group details' }, LATE));
    const panel = within(await screen.findByRole('dialog', {}, LATE));
    await panel.findByText('Invited by an admin', {}, LATE);
    expect(panel.queryByRole('button', { name: /conditions/ })).toBeNull();
  });
});

it('says plainly that it cannot change what it does not know', async () => {
  const strange = { type: 'PUSH', category: 'POAP', subcategory: 'holder', data: { event: 7 } };
  const rules: GroupRules = { entry: { conditions: { all: [isInvitedBy('ADMIN'), strange] } } };
  show(stateClient(groupState({ rules })), <ChatWindow peer={GROUP} />);
  const panel = await openRules();
  expect(panel.getByText(/does not know one of these conditions/)).toBeVisible();
  expect(panel.getByText('A condition that this app does not know')).toBeVisible();
  expect(panel.getByText('Invited by an admin')).toBeVisible();
  expect(panel.queryByRole('button', { name: 'Save' })).toBeNull();
});
