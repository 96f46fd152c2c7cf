import type { ReactElement } from 'react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, within, waitFor } from 'storybook/test';
import type { ChatState, Group, GroupMember, Thread } from '../src/client/state.ts';
import { PushChatError } from '../src/errors.ts';
import { ChatWindow } from '../src/exports/index.ts';
import { PushChatProvider } from '../src/hooks/PushChatProvider.tsx';
import { parseDid } from '../src/protocol/did.ts';
import {
  allOf,
  anyOf,
  groupRules,
  hasGuildRole,
  holdsErc20,
  holdsErc721,
  isInvitedBy,
} from '../src/protocol/groups/buildRules.ts';
import { GROUP, groupState } from '../test/components/support/groups.ts';
import { MAYA, NORA, RAVI } from '../test/components/support/people.ts';
import { stateClient } from '../test/components/support/stateClient.ts';

/** States of a group that a node and wallets do not reach quickly. */
const meta: Meta = { title: 'Group states', tags: ['!autodocs'] };
export default meta;

const WAIT = { timeout: 20_000 };

const inWindow = (state: Partial<ChatState>): ReactElement => (
  <PushChatProvider client={stateClient(state)}>
    <div style={{ width: 'min(420px, 100vw - 64px)', height: 620 }}>
      <ChatWindow peer={GROUP} />
    </div>
  </PushChatProvider>
);

const given = (
  group: Partial<Group>,
  members: readonly GroupMember[] = [],
  { loading }: Partial<Pick<Thread, 'loading'>> = {},
): StoryObj => ({
  render: () => {
    const state = groupState(group, {}, members);
    const thread = state.threads?.[GROUP];
    return inWindow(loading && thread ? { ...state, threads: { [GROUP]: { ...thread, loading } } } : state);
  },
});

const TOKEN = '0xf418588522d5dd018b425E472991E52EBBeEEEEE';

/** What a group asks for, to be changed by its admins. What the form has no fields for is kept, in words. */
export const EditRules: StoryObj = {
  ...given({
    rules: groupRules({
      entry: anyOf(
        isInvitedBy('ADMIN', 'OWNER'),
        holdsErc20({ chain: 1, contract: TOKEN, amount: 50, decimals: 18 }),
        allOf(holdsErc721({ chain: 8453, contract: TOKEN, amount: 1 }), hasGuildRole({ guild: '1904', role: '*' })),
      ),
    }),
  }),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Group details' }, WAIT));
    await userEvent.click(await canvas.findByRole('button', { name: 'Change conditions' }, WAIT));
    const form = within(await canvas.findByRole('dialog', { name: 'Change conditions' }));
    await expect(form.getByRole('textbox', { name: 'At least' })).toHaveValue('50');
    await expect(form.getByRole('group', { name: /stays as it is/ })).toHaveTextContent('All of these');
  },
};
/** Conditions that are not known here can be read as far as they are, and not be changed. */
export const RulesNotKnown: StoryObj = {
  ...given({
    rules: {
      entry: {
        conditions: {
          all: [isInvitedBy('ADMIN'), { type: 'PUSH', category: 'POAP', subcategory: 'holder', data: { event: 7 } }],
        },
      },
    },
  }),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Group details' }, WAIT));
    await userEvent.click(await canvas.findByRole('button', { name: 'Change conditions' }, WAIT));
    await expect(canvas.getByText(/does not know one of these/)).toBeVisible();
    await expect(canvas.queryByRole('button', { name: 'Save' })).toBeNull();
  },
};

/** Whoever would read a message although it is not sure that they are in the group: by name, and why. */
export const MembersToDecide: StoryObj = {
  ...given({
    concerns: [
      { reason: 'unproven', name: MAYA },
      { reason: 'unattested', name: NORA },
      { reason: 'changed', name: RAVI },
      { reason: 'secret', name: 'cd34' },
    ],
  }),
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Send to them anyway' }, WAIT)).toBeVisible();
  },
};
/** On a node that shows no signed acts. */
export const Unchecked = given({ membership: 'unchecked' });

/** While a group is read for the first time; of thousands that takes a while. */
export const Checking: StoryObj = {
  ...given({ membership: 'listed', counts: null }, [], { loading: { status: 'loading' } }),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Checking who is in this group…', {}, WAIT)).toBeVisible();
    await expect(await canvas.findByText(/can take minutes/, {}, WAIT)).toBeVisible();
  },
};

/** Who is in it could not be read; it can be tried again. */
export const MembersFailed: StoryObj = {
  render: () => {
    const error = new PushChatError('NetworkUnavailable', 'The Push Node cannot be reached. Check the connection.');
    const state = groupState({});
    const groupMembers = { [GROUP]: { items: [], loading: { status: 'failed', error }, nextPage: 1 } } as const;
    return inWindow({ ...state, groupMembers });
  },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Group details' }, WAIT));
    const panel = within(await canvas.findByRole('dialog', {}, WAIT));
    await expect(await panel.findByRole('button', { name: 'Try again' }, WAIT)).toBeVisible();
  },
};

const many = Array.from({ length: 1_000 }, (_, place): GroupMember => {
  const did = parseDid(`0x${(place + 4_096).toString(16).padStart(40, '7b')}`);
  return { did, role: place < 5 ? 'admin' : 'member', accepted: place < 960, since: null, inviter: null, proven: true };
});

/** A thousand are no more work than those in sight. */
export const ManyMembers: StoryObj = {
  ...given({ counts: { accepted: 961, pending: 40, admins: 6 }, encryption: 'session' }, many),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Group details' }, WAIT));
    const list = await canvas.findByRole('list', { name: 'Members' }, WAIT);
    await waitFor(() => expect(within(list).getAllByRole('listitem').length).toBeLessThan(60), WAIT);
    const panel = canvas.getByRole('dialog');
    panel.scrollTop = panel.scrollHeight;
    await waitFor(() => expect(list).toHaveTextContent('has not answered'), WAIT);
    await expect(within(list).getAllByRole('listitem').length).toBeLessThan(60);
  },
};
