import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn } from 'storybook/test';
import { ChatList } from '../src/exports/index.ts';
import { Live, Side } from './support/Live.tsx';
import { busy, strangers } from './support/scenes.ts';
import { ChatSidebar } from './examples/ChatSidebar.tsx';
import source from './examples/ChatSidebar.tsx?raw';
import { shownSource } from './support/example.ts';

const meta: Meta<typeof ChatList> = { title: 'ChatList', component: ChatList };
export default meta;
type Story = StoryObj<typeof ChatList>;

const WAIT = { timeout: 15_000 };

export const Example: Story = {
  render: () => (
    <Live scene={busy}>
      {({ alice }) => (
        <Side user={alice} width={760} height={480}>
          <ChatSidebar />
        </Side>
      )}
    </Live>
  ),
  parameters: shownSource(source),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByText('Carol', {}, WAIT));
    await canvas.findByRole('textbox', { name: 'Message' }, WAIT);
  },
};

const select = fn();

/** The newest first, with what is unread. */
export const Chats: Story = {
  render: () => (
    <Live scene={busy}>
      {({ alice, bob }) => (
        <Side user={alice}>
          <ChatList selected={bob.did} onSelect={select} />
        </Side>
      )}
    </Live>
  ),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByText('Carol', {}, WAIT));
    await expect(select).toHaveBeenCalled();
  },
};

export const None: Story = {
  render: () => (
    <Live scene={strangers}>
      {({ alice }) => (
        <Side user={alice}>
          <ChatList />
        </Side>
      )}
    </Live>
  ),
};
