import type { ReactElement } from 'react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, within, waitFor } from 'storybook/test';
import { ChatInbox, ChatWindow, CreateGroup, RequestList } from '../src/exports/index.ts';
import { PushChatProvider } from '../src/hooks/PushChatProvider.tsx';
import { PushChatError } from '../src/errors.ts';
import {
  allOf,
  anyOf,
  groupRules,
  hasGuildRole,
  holdsErc20,
  holdsErc721,
  isInvitedBy,
} from '../src/protocol/groups/buildRules.ts';
import { parseDid } from '../src/protocol/did.ts';
import type { ChatState, Group, GroupMember, Thread } from '../src/client/state.ts';
import { GROUP, groupState } from '../test/components/support/groups.ts';
import { MAYA, NORA, RAVI } from '../test/components/support/people.ts';
import { stateClient } from '../test/components/support/stateClient.ts';
import { Live, Side } from './support/Live.tsx';
import {
  guardedGroup,
  newcomer,
  openGroup,
  privateGroup,
  publicGroup,
  readGroup,
  sessionGroup,
  type Circle,
} from './support/groupScenes.ts';
import { strangers } from './support/scenes.ts';
import type { TestWorld } from '../src/testing/testWorld.ts';

/** Groups, on a real Push Node in memory. */
const meta: Meta = { title: 'Groups', tags: ['!autodocs'] };
export default meta;

const WAIT = { timeout: 20_000 };

const windowOf = (
  scene: (world: TestWorld) => Promise<Circle>,
  who: 'ada' | 'bo' | 'cleo' = 'ada',
  width = 420,
  height = 620,
): StoryObj => ({
  render: () => (
    <Live scene={scene}>
      {(circle) => (
        <Side user={circle[who]} width={width} height={height}>
          <ChatWindow peer={circle.chatId} />
        </Side>
      )}
    </Live>
  ),
});

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

/** Who wrote what, and what was done to the group. */
export const Thread: StoryObj = {
  ...windowOf(privateGroup),
  play: async ({ canvas }) => {
    await canvas.findByText(/Beans, mostly/, {}, WAIT);
    await waitFor(() => expect(canvas.getByRole('log')).toHaveTextContent('Ada added Cleo'), WAIT);
    await expect(await canvas.findByText('Mentions you', {}, WAIT)).toBeVisible();
    await expect(await canvas.findByText('@Ada', {}, WAIT)).toBeVisible();
  },
};
export const Narrow = windowOf(privateGroup, 'ada', 300);
/** Everybody can read it: it is said in the header and where one writes. */
export const PublicGroup: StoryObj = {
  ...windowOf(publicGroup),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/everybody can read what you write/, {}, WAIT)).toBeVisible();
  },
};
/** Earlier messages were encrypted with secrets that a newcomer does not have. */
export const FromHereOn: StoryObj = {
  ...windowOf(newcomer, 'cleo'),
  play: async ({ canvas }) => {
    await waitFor(() => expect(canvas.getByText('You can read from here on')).toBeVisible(), WAIT);
  },
};

/** The details, as an admin has them. */
export const Details: StoryObj = {
  ...windowOf(sessionGroup, 'ada', 420, 860),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Group details' }, WAIT));
    const panel = within(await canvas.findByRole('dialog', {}, WAIT));
    await panel.findByRole('button', { name: 'Options for Bo' }, WAIT);
    await expect(panel.getByText('Private, for many')).toBeVisible();
  },
};
/** And as a member does: what they may not do is not there. */
export const DetailsOfMember: StoryObj = {
  ...windowOf(privateGroup, 'bo', 420, 860),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Group details' }, WAIT));
    const panel = within(await canvas.findByRole('dialog', {}, WAIT));
    await panel.findByRole('button', { name: 'Leave group' }, WAIT);
    await waitFor(() => expect(panel.getAllByRole('listitem').length).toBeGreaterThan(3), WAIT);
    await expect(panel.queryByRole('button', { name: /^Options for/ })).toBeNull();
    await expect(panel.queryByRole('button', { name: 'Add members' })).toBeNull();
  },
};
export const RemoveMember: StoryObj = {
  ...windowOf(privateGroup, 'ada', 420, 860),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Group details' }, WAIT));
    const panel = within(await canvas.findByRole('dialog', {}, WAIT));
    await userEvent.click(await panel.findByRole('button', { name: 'Options for Bo' }, WAIT));
    await userEvent.click(await canvas.findByRole('menuitem', { name: 'Remove' }));
    const question = within(await panel.findByRole('group', { name: 'Remove' }));
    await userEvent.click(question.getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(panel.queryByRole('button', { name: 'Options for Bo' })).toBeNull(), WAIT);
  },
};
export const EditIt: StoryObj = {
  ...windowOf(privateGroup),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Group details' }, WAIT));
    await userEvent.click(await canvas.findByRole('button', { name: 'Edit group' }, WAIT));
    const name = await canvas.findByRole('textbox', { name: 'Name' });
    await userEvent.clear(name);
    await userEvent.type(name, 'Rose growers');
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }));
    await expect(await canvas.findByRole('heading', { name: 'Rose growers' }, WAIT)).toBeVisible();
  },
};

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

/** How many say to have read a message; */
export const ReadBy: StoryObj = {
  ...windowOf(readGroup),
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Read by 2' }, WAIT)).toBeVisible();
  },
};
/** and who they are. */
export const Readers: StoryObj = {
  ...windowOf(readGroup),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Read by 2' }, WAIT));
    const panel = within(await canvas.findByRole('dialog', { name: 'Read by 2' }, WAIT));
    await waitFor(() => expect(panel.getByRole('list')).toHaveTextContent(/Bo.*Cleo|Cleo.*Bo/), WAIT);
  },
};

/** Inert words: to what one is invited. Nothing of the group is loaded, and nobody is named on a node’s word alone. */
export const Invited: StoryObj = {
  render: () => (
    <Live scene={privateGroup}>
      {({ cleo }) => (
        <Side user={cleo}>
          <RequestList />
        </Side>
      )}
    </Live>
  ),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/You are invited to a group/, {}, WAIT)).toBeVisible();
    await expect(canvas.getByText('Gardeners')).toBeVisible();
  },
};
export const InvitedInWindow: StoryObj = {
  ...windowOf(privateGroup, 'cleo'),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Accept' }, WAIT));
    await expect(await canvas.findByRole('textbox', { name: 'Message' }, WAIT)).toBeVisible();
  },
};
/** Whoever looks at a public group from outside can join. */
export const Outside: StoryObj = {
  ...windowOf(openGroup, 'cleo'),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Join group' }, WAIT));
    await expect(await canvas.findByRole('textbox', { name: 'Message' }, WAIT)).toBeVisible();
  },
};
/** What the group asks for, and whose word it is that one does not have it. */
export const Rules = windowOf(guardedGroup, 'cleo');

/** Everything that a new group needs. */
export const Create: StoryObj = {
  render: () => (
    <Live scene={strangers}>
      {({ alice }) => (
        <Side user={alice} width={400} height={900}>
          <CreateGroup />
        </Side>
      )}
    </Live>
  ),
  play: async ({ canvas, userEvent }) => {
    await canvas.findByRole('radio', { name: 'Public' }, WAIT);
    await userEvent.click(canvas.getByText('Conditions (optional)'));
    const [entry] = canvas.getAllByRole('button', { name: 'Add a condition' });
    if (entry) await userEvent.click(entry);
    await expect(canvas.getByRole('textbox', { name: 'Contract' })).toBeVisible();
  },
};
/** From the inbox to the window of the new group. */
export const CreateInInbox: StoryObj = {
  render: () => (
    <Live scene={strangers}>
      {({ alice }) => (
        <Side user={alice} width={820}>
          <ChatInbox />
        </Side>
      )}
    </Live>
  ),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'New group' }, WAIT));
    await userEvent.type(await canvas.findByRole('textbox', { name: 'Name' }, WAIT), 'Book club');
    await userEvent.click(canvas.getByRole('button', { name: 'Create group' }));
    await expect(await canvas.findByRole('textbox', { name: 'Message' }, WAIT)).toBeVisible();
    await waitFor(() => expect(canvas.getByRole('log')).toHaveTextContent('made the group'), WAIT);
  },
};

/** Members by name while an `@` is written. */
export const Mention: StoryObj = {
  ...windowOf(privateGroup),
  play: async ({ canvas, userEvent }) => {
    const field = await canvas.findByRole<HTMLTextAreaElement>('textbox', { name: 'Message' }, WAIT);
    await canvas.findByText(/Beans, mostly/, {}, WAIT);
    await userEvent.type(field, 'Thank you @b');
    await canvas.findByRole('option', { name: /Bo/ }, WAIT);
    await expect(field).toHaveAttribute('aria-activedescendant');
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
