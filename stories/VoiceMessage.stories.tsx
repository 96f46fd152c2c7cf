import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { ChatWindow } from '../src/exports/index.ts';
import { Live, Side } from './support/Live.tsx';
import { talking } from './support/scenes.ts';

const meta: Meta<typeof ChatWindow> = {
  title: 'ChatWindow/Voice message',
  component: ChatWindow,
  render: () => (
    <Live scene={talking}>
      {({ alice, bob }) => (
        <Side user={alice}>
          <ChatWindow peer={bob.did} />
        </Side>
      )}
    </Live>
  ),
};
export default meta;
type Story = StoryObj<typeof ChatWindow>;

const WAIT = { timeout: 15_000 };

/** The microphone is on. */
export const Recording: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Record a voice message' }, WAIT));
    await waitFor(() => expect(canvas.getByRole('timer')).toHaveTextContent(/0:0[1-9]/), WAIT);
  },
};

/** Recorded, attached, sent, and there to be heard. */
export const Sent: Story = {
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Record a voice message' }, WAIT));
    await waitFor(() => expect(canvas.getByRole('timer')).toHaveTextContent(/0:0[1-9]/), WAIT);
    await userEvent.click(canvas.getByRole('button', { name: 'Stop and attach' }));
    await canvas.findByLabelText(/^voice\./, {}, WAIT);
    const send = canvas.getByRole('button', { name: 'Send message' });
    await waitFor(() => expect(send).toBeEnabled(), WAIT);
    await userEvent.click(send);
    await waitFor(() => expect(canvasElement.querySelector('audio')).not.toBeNull(), WAIT);
  },
};
