import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { RequestList } from '../src/exports/index.ts';
import { Live, Side } from './support/Live.tsx';
import { busy, locked, strangers } from './support/scenes.ts';
import { RequestsPage } from './examples/RequestsPage.tsx';
import source from './examples/RequestsPage.tsx?raw';
import { shownSource } from './support/example.ts';

const meta: Meta<typeof RequestList> = { title: 'RequestList', component: RequestList };
export default meta;
type Story = StoryObj<typeof RequestList>;

const WAIT = { timeout: 15_000 };

export const Example: Story = {
  render: () => (
    <Live scene={busy}>
      {({ alice }) => (
        <Side user={alice} width={400} height={620}>
          <RequestsPage />
        </Side>
      )}
    </Live>
  ),
  parameters: shownSource(source),
  play: async ({ canvas }) => {
    await canvas.findByText('2 requests', {}, WAIT);
  },
};

/** Strangers who ask: words only, no link and no picture, before they are answered. */
export const Requests: Story = {
  render: () => (
    <Live scene={busy}>
      {({ alice }) => (
        <Side user={alice}>
          <RequestList />
        </Side>
      )}
    </Live>
  ),
  play: async ({ canvas }) => {
    await waitFor(() => expect(canvas.getAllByRole('button', { name: 'Accept' })).toHaveLength(2), WAIT);
    await expect(canvas.queryByRole('link')).toBeNull();
  },
};

/** Answered from the row. */
export const Answering: Story = {
  ...Requests,
  play: async ({ canvas, userEvent }) => {
    await waitFor(() => expect(canvas.getAllByRole('button', { name: 'Accept' })).toHaveLength(2), WAIT);
    const [accept] = canvas.getAllByRole('button', { name: 'Accept' });
    if (accept) await userEvent.click(accept);
    await waitFor(() => expect(canvas.getAllByRole('button', { name: 'Reject' })).toHaveLength(1), WAIT);
    await userEvent.click(canvas.getByRole('button', { name: 'Reject' }));
    await waitFor(() => expect(canvas.queryByRole('button', { name: 'Accept' })).toBeNull(), WAIT);
  },
};

export const None: Story = {
  render: () => (
    <Live scene={strangers}>
      {({ alice }) => (
        <Side user={alice}>
          <RequestList />
        </Side>
      )}
    </Live>
  ),
};

export const Locked: Story = {
  render: () => (
    <Live scene={locked}>
      {({ alice }) => (
        <Side user={alice}>
          <RequestList />
        </Side>
      )}
    </Live>
  ),
};
