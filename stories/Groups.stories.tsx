import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, within, waitFor } from 'storybook/test';
import { ChatInbox, ChatWindow, CreateGroup, RequestList } from '../src/exports/index.ts';
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
