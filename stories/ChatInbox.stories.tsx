import type { Meta, StoryObj } from '@storybook/react-vite';
import { ChatInbox } from '../src/exports/index.ts';
import { Live, Side } from './support/Live.tsx';
import { busy } from './support/scenes.ts';
import { MessagesPage } from './examples/MessagesPage.tsx';
import source from './examples/MessagesPage.tsx?raw';
import { shownSource } from './support/example.ts';

const meta: Meta<typeof ChatInbox> = { title: 'ChatInbox', component: ChatInbox };
export default meta;
type Story = StoryObj<typeof ChatInbox>;

const WAIT = { timeout: 15_000 };

export const Example: Story = {
  render: () => (
    <Live scene={busy}>
      {({ alice }) => (
        <Side user={alice} width={920} height={620}>
          <MessagesPage />
        </Side>
      )}
    </Live>
  ),
  parameters: shownSource(source),
  play: async ({ canvas }) => {
    await canvas.findByText('Carol', {}, WAIT);
  },
};

/** Chats, requests and one conversation, side by side. */
export const Wide: Story = {
  render: () => (
    <Live scene={busy}>
      {({ alice }) => (
        <Side user={alice} width={920}>
          <ChatInbox />
        </Side>
      )}
    </Live>
  ),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByText('Bob', {}, WAIT));
    await canvas.findByRole('textbox', { name: 'Message' }, WAIT);
  },
};

/** On a phone: the list, then the conversation, then back. */
export const Narrow: Story = {
  render: () => (
    <Live scene={busy}>
      {({ alice }) => (
        <Side user={alice} width={360}>
          <ChatInbox mode="dark" />
        </Side>
      )}
    </Live>
  ),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByText('Bob', {}, WAIT));
    await canvas.findByRole('textbox', { name: 'Message' }, WAIT);
    await userEvent.click(canvas.getByRole('button', { name: /back/i }));
    await canvas.findByText('Carol', {}, WAIT);
  },
};
