import type { Meta, StoryObj } from '@storybook/react-vite';
import { waitFor, within, expect } from 'storybook/test';
import { ChatWindow } from '../src/exports/index.ts';
import { Live, Side } from './support/Live.tsx';
import { strangers } from './support/scenes.ts';

const meta: Meta = { title: 'Two wallets', tags: ['!autodocs'] };
export default meta;

const WAIT = { timeout: 10_000 };

/** Both sides of one conversation, from the first request on. */
export const FirstRequest: StoryObj = {
  render: () => (
    <Live scene={strangers}>
      {({ alice, bob }) => (
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 20, justifyContent: 'center' }}>
          <section aria-label="Alice">
            <Side user={alice} height={520}>
              <ChatWindow peer={bob.did} aria-label="Alice’s chat" />
            </Side>
          </section>
          <section aria-label="Bob">
            <Side user={bob} height={520}>
              <ChatWindow peer={alice.did} aria-label="Bob’s chat" />
            </Side>
          </section>
        </div>
      )}
    </Live>
  ),
  play: async ({ canvas, userEvent }) => {
    const alice = within(await canvas.findByRole('region', { name: 'Alice' }, WAIT));
    const bob = within(canvas.getByRole('region', { name: 'Bob' }));
    await userEvent.type(await alice.findByRole('textbox', { name: 'Message' }, WAIT), 'Hello Bob{Enter}');
    await userEvent.click(await bob.findByRole('button', { name: 'Accept' }, WAIT));
    await userEvent.type(await bob.findByRole('textbox', { name: 'Message' }, WAIT), 'Hello Alice{Enter}');
    await alice.findByText('Hello Alice', {}, WAIT);
    await waitFor(
      () => expect(alice.getByRole('log').querySelectorAll('[data-verification="verified"]')).toHaveLength(2),
      WAIT,
    );
  },
};
