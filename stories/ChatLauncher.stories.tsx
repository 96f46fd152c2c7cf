import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactElement } from 'react';
import { expect, waitFor } from 'storybook/test';
import { ChatLauncher, type ChatLauncherProps } from '../src/exports/index.ts';
import { PushChatProvider } from '../src/hooks/PushChatProvider.tsx';
import { Live, Side } from './support/Live.tsx';
import { busy, talking } from './support/scenes.ts';
import { SupportButton } from './examples/SupportButton.tsx';
import source from './examples/SupportButton.tsx?raw';
import { shownSource } from './support/example.ts';

const meta: Meta<typeof ChatLauncher> = {
  title: 'ChatLauncher',
  component: ChatLauncher,
  // It stands in a corner of its page: in the docs, of a page of its own.
  parameters: { layout: 'fullscreen', docs: { story: { inline: false, height: '680px' } } },
};
export default meta;
type Story = StoryObj<typeof ChatLauncher>;

const WAIT = { timeout: 15_000 };

export const Example: Story = {
  render: () => (
    <Live scene={talking}>
      {({ alice, bob }) => (
        <Side user={alice} width={560} height={640}>
          <SupportButton agent={bob.did} />
        </Side>
      )}
    </Live>
  ),
  parameters: shownSource(source),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Ask us' }, WAIT));
    await canvas.findByRole('dialog', { name: 'Support' }, WAIT);
  },
};

/** A page with the launcher on it. */
const page = (scene: typeof busy, props: (bob: string) => ChatLauncherProps): (() => ReactElement) =>
  function Page() {
    return (
      <Live scene={scene}>
        {({ alice, bob }) => (
          <div style={{ height: '100vh', padding: 40 }}>
            <h1>A page of yours</h1>
            <PushChatProvider client={alice.client}>
              <ChatLauncher {...props(bob.did)} />
            </PushChatProvider>
          </div>
        )}
      </Live>
    );
  };

/** How many chats have something new; opened, the inbox. */
export const Inbox: Story = {
  render: page(busy, () => ({ label: 'Messages' })),
  play: async ({ canvas, userEvent }) => {
    const button = await canvas.findByRole('button', { name: /^Messages/ }, WAIT);
    await userEvent.click(button);
    const dialog = await canvas.findByRole('dialog', { name: 'Messages' }, WAIT);
    await waitFor(() => expect(dialog).toHaveFocus(), WAIT);
    await canvas.findByText('Carol', {}, WAIT);
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(button).toHaveFocus(), WAIT);
    await userEvent.click(button);
  },
};

/** One account that answers, and a greeting. */
export const Support: Story = {
  render: page(talking, (bob) => ({
    peer: bob,
    label: 'Support',
    greeting: 'Hi! Questions about your order? We usually answer within minutes.',
  })),
  play: async ({ canvas }) => {
    await canvas.findByText(/Questions about your order/, {}, WAIT);
  },
};

/** The user may put it into another corner. */
export const Draggable: Story = {
  render: page(talking, () => ({ draggable: true, label: 'Messages' })),
  play: async ({ canvas, userEvent }) => {
    const button = await canvas.findByRole('button', { name: /^Messages/ }, WAIT);
    button.focus();
    await userEvent.keyboard('{Shift>}{ArrowUp}{ArrowLeft}{/Shift}');
    await waitFor(() => expect(button.getBoundingClientRect().left).toBeLessThan(60), WAIT);
    await expect(button.getBoundingClientRect().top).toBeLessThan(60);
  },
};
