import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactElement } from 'react';
import { expect, waitFor, within } from 'storybook/test';
import { ChatWindow } from '../src/exports/index.ts';
import type { TestWorld } from '../src/testing/testWorld.ts';
import { PushChatProvider } from '../src/hooks/PushChatProvider.tsx';
import { opened } from '../test/components/support/items.ts';
import { MAYA } from '../test/components/support/people.ts';
import { stateClient, withThread, type StateClient } from '../test/components/support/stateClient.ts';
import { Live, Side } from './support/Live.tsx';
import {
  asked,
  blocked,
  locked,
  outsider,
  strangers,
  talking,
  refusing,
  unreachable,
  type Pair,
} from './support/scenes.ts';
import { SellerChat } from './examples/SellerChat.tsx';
import source from './examples/SellerChat.tsx?raw';
import { shownSource } from './support/example.ts';

const meta: Meta<typeof ChatWindow> = { title: 'ChatWindow', component: ChatWindow };
export default meta;
type Story = StoryObj<typeof ChatWindow>;

const WAIT = { timeout: 10_000 };

export const Example: Story = {
  render: () => (
    <Live scene={talking}>
      {({ alice, bob }) => (
        <Side user={alice} width={400} height={620}>
          <SellerChat seller={bob.did} />
        </Side>
      )}
    </Live>
  ),
  parameters: shownSource(source),
  play: async ({ canvas }) => {
    await within(await canvas.findByRole('log', {}, WAIT)).findByText('Deal 🤝', {}, WAIT);
  },
};

/** The window of one of the two, with the other. */
function windowOf(scene: (world: TestWorld) => Promise<Pair>, user: keyof Pair = 'alice'): () => ReactElement {
  const peer = user === 'alice' ? 'bob' : 'alice';
  return function Window() {
    return (
      <Live scene={scene}>
        {(pair) => (
          <Side user={pair[user]}>
            <ChatWindow peer={pair[peer].did} />
          </Side>
        )}
      </Live>
    );
  };
}

/** Everything that was said, every message verified. */
export const Conversation: Story = {
  render: windowOf(talking),
  play: async ({ canvas, userEvent }) => {
    const thread = await canvas.findByRole('log', {}, WAIT);
    await within(thread).findByText('Deal 🤝', {}, WAIT);
    const message = canvas.getByRole('textbox', { name: 'Message' });
    await userEvent.type(message, 'Sent with the keyboard{Enter}');
    await within(thread).findByText('Sent with the keyboard', {}, WAIT);
    await waitFor(() => expect(thread.querySelectorAll('[data-verification="verified"]')).toHaveLength(8), WAIT);
    await expect(message).toHaveValue('');
  },
};

/** Nothing was said yet. */
export const Empty: Story = {
  render: windowOf(strangers),
  play: async ({ canvas }) => {
    await canvas.findByRole('textbox', { name: 'Message' }, WAIT);
  },
};

/** Before the wallet has unlocked it. */
export const Locked: Story = {
  render: windowOf(locked),
};

/** One press of the button, two signatures, and the composer is there. */
export const Unlocking: Story = {
  ...Locked,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: /^Unlock/ }, WAIT));
    await canvas.findByRole('textbox', { name: 'Message' }, WAIT);
  },
};

/** A stranger has written: nothing can be said before the request is answered. */
export const RequestReceived: Story = {
  render: windowOf(asked, 'bob'),
  play: async ({ canvas }) => {
    await canvas.findByRole('button', { name: 'Accept' }, WAIT);
  },
};

/** Accepting makes it a chat. */
export const Accepting: Story = {
  ...RequestReceived,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Accept' }, WAIT));
    await canvas.findByRole('textbox', { name: 'Message' }, WAIT);
  },
};

/** The request is on its way to somebody who has not answered. */
export const RequestSent: Story = {
  render: windowOf(asked),
  play: async ({ canvas }) => {
    await within(await canvas.findByRole('log', {}, WAIT)).findByText(/still for sale/, {}, WAIT);
  },
};

/** A first message to an account without keys goes unencrypted, and the user says whether. */
export const NotEncrypted: Story = {
  render: () => (
    <Live scene={outsider}>
      {({ alice, nobody }) => (
        <Side user={alice}>
          <ChatWindow peer={nobody} />
        </Side>
      )}
    </Live>
  ),
  play: async ({ canvas, userEvent }) => {
    const message = await canvas.findByRole('textbox', { name: 'Message' }, WAIT);
    await userEvent.type(message, 'Are you there?');
    await userEvent.click(canvas.getByRole('button', { name: 'Send message' }));
    await userEvent.click(await canvas.findByRole('button', { name: 'Keep as draft' }, WAIT));
    await expect(await canvas.findByRole('textbox', { name: 'Message' }, WAIT)).toHaveValue('Are you there?');
    await userEvent.click(canvas.getByRole('button', { name: 'Send message' }));
    await canvas.findByRole('button', { name: 'Send unencrypted' }, WAIT);
  },
};

/** … and the bubble says so. */
export const SentUnencrypted: Story = {
  ...NotEncrypted,
  play: async (context) => {
    await NotEncrypted.play?.(context);
    const { canvas, userEvent } = context;
    await userEvent.click(canvas.getByRole('button', { name: 'Send unencrypted' }));
    await within(await canvas.findByRole('log', {}, WAIT)).findByText('Not encrypted', {}, WAIT);
  },
};

/** Blocked by this user: neither side can write. */
export const Blocked: Story = {
  render: windowOf(blocked),
  play: async ({ canvas }) => {
    await canvas.findByRole('button', { name: /^Unblock/ }, WAIT);
  },
};

/** The node cannot be reached: the message waits, and goes out by itself. */
export const WaitingToSend: Story = {
  render: windowOf(unreachable),
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(await canvas.findByRole('textbox', { name: 'Message' }, WAIT), 'Sent when I am back{Enter}');
    await canvas.findByText(/Waiting to send/, {}, WAIT);
  },
};

/** The node does not take a message; the user decides what becomes of it. */
export const NotSent: Story = {
  render: windowOf(refusing),
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(await canvas.findByRole('textbox', { name: 'Message' }, WAIT), 'Can you hear me?{Enter}');
    await canvas.findByRole('button', { name: /Retry/ }, WAIT);
  },
};

/** A `peer` that names nobody. */
export const NoSuchAccount: Story = {
  render: () => (
    <Live scene={strangers}>
      {({ alice }) => (
        <Side user={alice}>
          <ChatWindow peer="vitalik" />
        </Side>
      )}
    </Live>
  ),
};

/** As narrow as a phone gets, in the dark. */
export const NarrowDark: Story = {
  render: () => (
    <Live scene={talking}>
      {({ alice, bob }) => (
        <Side user={alice} width={320}>
          <ChatWindow peer={bob.did} mode="dark" />
        </Side>
      )}
    </Live>
  ),
  play: async ({ canvas }) => {
    await within(await canvas.findByRole('log', {}, WAIT)).findByText('Deal 🤝', {}, WAIT);
  },
};

const TEN_THOUSAND = Array.from({ length: 10_000 }, (_, i) =>
  opened(
    `Message ${i + 1}${i % 7 === 0 ? `, ${'which is longer than the others, '.repeat(1 + (i % 5))}to the end.` : ''}`,
    {
      id: `m${i}`,
      from: i % 3 === 0 ? 'me' : 'peer',
      minutesAgo: (10_000 - i) * 3,
    },
  ),
);
/** A client with the newest of them, which reads a page more when asked. */
function clientWith(count: number): StateClient {
  const shown = (length: number) =>
    withThread({
      items: TEN_THOUSAND.slice(-length),
      older: length < TEN_THOUSAND.length ? 'older' : null,
      loadingOlder: { status: 'loaded' },
    });
  let length = count;
  const client = stateClient(shown(length), {
    loadOlder: async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      length = Math.min(length + 30, TEN_THOUSAND.length);
      client.store.set({ ...client.store.get(), ...shown(length) });
    },
  });
  return client;
}

const windowWith = (client: StateClient): ReactElement => (
  <div style={{ width: 400, height: 620 }}>
    <PushChatProvider client={client}>
      <ChatWindow peer={MAYA} />
    </PushChatProvider>
  </div>
);

const atEnd = (thread: Element): boolean => thread.scrollHeight - thread.scrollTop - thread.clientHeight < 2;

/** Older pages are read on demand and keep the place. */
export const OlderMessages: Story = {
  render: () => windowWith(clientWith(30)),
  play: async ({ canvas }) => {
    const thread = await canvas.findByRole('log', {}, WAIT);
    await waitFor(() => expect(atEnd(thread)).toBe(true), WAIT);
    for (const first of [9971, 9941, 9911]) {
      thread.scrollTop = 0;
      const message = await within(thread).findByText(`Message ${first}`, { exact: false }, WAIT);
      const before = message.getBoundingClientRect().top;
      await waitFor(() => expect(thread.scrollTop).toBeGreaterThan(300), WAIT);
      // Rows that are measured late move it by a row or two; without its place kept it would be thirty.
      await waitFor(() => expect(Math.abs(message.getBoundingClientRect().top - before)).toBeLessThan(200), WAIT);
    }
  },
};

/** Ten thousand messages: only those in sight are drawn. */
export const TenThousand: Story = {
  render: () => windowWith(clientWith(10_000)),
  play: async ({ canvas, userEvent }) => {
    const thread = await canvas.findByRole('log', {}, WAIT);
    await within(thread).findByText('Message 10000', {}, WAIT);
    await waitFor(() => expect(atEnd(thread)).toBe(true), WAIT);
    await expect(thread.querySelectorAll('[data-pc-part="bubble"]').length).toBeLessThan(60);
    thread.scrollTop = thread.scrollHeight / 2;
    await userEvent.click(await canvas.findByRole('button', { name: 'Jump to the newest message' }, WAIT));
    await within(thread).findByText('Message 10000', {}, WAIT);
    await waitFor(() => expect(atEnd(thread)).toBe(true), WAIT);
  },
};
