import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor, within } from 'storybook/test';
import type { ChatState, Identity, Thread } from '../src/client/state.ts';
import { PushChatError } from '../src/errors.ts';
import { ChatWindow } from '../src/exports/index.ts';
import { PushChatProvider } from '../src/hooks/PushChatProvider.tsx';
import { failed, NOW, opened, pending, quarantined, undecryptable } from '../test/components/support/items.ts';
import { MAYA, ME } from '../test/components/support/people.ts';
import { failedAt } from '../src/protocol/verification.ts';
import { BAY } from './support/picture.ts';
import { stateClient, withThread } from '../test/components/support/stateClient.ts';

/** What a thread can be in, each by itself: states that a node and two wallets would need long to reach. */
const meta: Meta<typeof ChatWindow> = { title: 'ChatWindow/States', component: ChatWindow, tags: ['!autodocs'] };
export default meta;
type Story = StoryObj<typeof ChatWindow>;

const cid = (letter: string): string => `bafyreib${letter.repeat(51)}`;
const verification = {
  ...failedAt('content', 'Internal'),
  signer: MAYA,
  key: { fingerprint: 'ab'.repeat(20), level: 'verified', attestedBy: 'eip191v2', earlier: false },
  scheme: 'pgpv3',
  signedAt: NOW,
  failed: null,
} as const;
const TALK = [
  opened('The lab sent the first print.', { id: cid('a'), minutesAgo: 9 }),
  opened('Oh wow. Can you hold number 7 for me?', { id: cid('b'), from: 'me', minutesAgo: 8 }),
  opened('Already has your name on it', { id: cid('c'), minutesAgo: 1 }),
].map((item) => ({ ...item, verification }));

const shown = (thread: Partial<Thread>, more: Partial<ChatState> = {}, peer: string = MAYA): Story => ({
  render: () => (
    <PushChatProvider client={stateClient({ ...withThread({ items: TALK, ...thread }), ...more })}>
      <div style={{ width: 'min(400px, 100vw - 64px)', height: 620 }}>
        <ChatWindow peer={peer} />
      </div>
    </PushChatProvider>
  ),
});
const saying = (story: Story, words: string): Story => ({
  ...story,
  play: async ({ canvas }) => {
    await expect((await canvas.findAllByText(words, { exact: false }))[0]).toBeVisible();
  },
});

export const Loading: Story = shown({ items: [], loading: { status: 'loading' } });
export const LoadingFailed: Story = saying(
  shown({
    items: [],
    loading: { status: 'failed', error: new PushChatError('NetworkUnavailable', 'The Push Node cannot be reached.') },
  }),
  'Messages could not be loaded',
);
export const NothingSaid: Story = shown({ items: [] });
export const NoAccount: Story = shown({}, {}, 'javascript:alert(1)');
export const Offline: Story = saying(shown({}, { connection: 'offline' }), 'You’re offline.');
export const Connecting: Story = shown({}, { connection: 'connecting' });

/** The line stays where the unread began; further down is a way to the newest. */
export const Unread: Story = saying(
  shown(
    { items: TALK },
    {
      chats: {
        items: [{ peer: MAYA, chatId: 'chat', timestamp: NOW, unread: 1 }],
        loading: { status: 'loaded' },
        nextPage: null,
      },
    },
  ),
  '1 new message',
);

export const Reactions: Story = {
  ...shown({
    items: [
      ...TALK,
      opened({ type: 'Reaction', content: '🔥', reference: cid('c') }, { from: 'me' }),
      opened({ type: 'Reaction', content: '🔥', reference: cid('c') }),
      opened({ type: 'Reaction', content: '👏', reference: cid('c') }),
    ],
  }),
};

/** From the one side a picture, to the other an answer to it. */
export const PictureAndAnswer: Story = shown({
  items: [
    opened({ type: 'Image', content: JSON.stringify({ content: BAY }) }, { id: cid('a'), minutesAgo: 3 }),
    opened(
      { type: 'Reply', content: { type: 'Text', content: 'The blues are so much deeper.' }, reference: cid('a') },
      { from: 'me' },
    ),
  ],
});

/** On its way, not sent, hidden, not to be opened, and vouched for by nobody. */
export const Deliveries: Story = saying(
  shown({
    items: [
      opened('Yes, until March. Want to see it?', { state: 'signed', minutesAgo: 9 }),
      quarantined('ProofInvalid', { minutesAgo: 8 }),
      undecryptable('DecryptFailed', { minutesAgo: 7 }),
      failed('Could you also send the floor plan?', { minutesAgo: 2 }),
      pending('I can bring the deposit in person'),
    ],
  }),
  'Not sent',
);

export const EncryptedFromHere: Story = saying(
  shown({
    items: [opened('Hi', { from: 'me', encrypted: false, minutesAgo: 9 }), opened('Hello!', { minutesAgo: 1 })],
  }),
  'Messages are encrypted from here',
);

const gap = [
  { ...opened('One', { id: cid('a'), minutesAgo: 9 }), link: null },
  { ...opened('Three', { id: cid('c'), minutesAgo: 1 }), link: cid('b') },
];
export const MessagesMissing: Story = saying(shown({ items: gap, head: cid('c') }), 'Messages may be missing here');
export const RolledBack: Story = saying(
  shown({ rollback: cid('d') }),
  'The newest messages are missing on the Push Node',
);

const identity: Identity = {
  fingerprint: 'ab'.repeat(20),
  created: NOW,
  attestedBy: 'eip191v2',
  earlier: [],
  compared: false,
  change: null,
  needsConsent: false,
};
const change = { from: 'cd'.repeat(20), to: identity.fingerprint, at: NOW - 5 * 60_000 };
const both = (theirs: Partial<Identity>): Partial<ChatState> => ({
  identities: { [ME]: { ...identity, fingerprint: 'ef'.repeat(20) }, [MAYA]: { ...identity, ...theirs } },
});
export const KeyChanged: Story = saying(shown({}, both({ change })), 'Their chat key changed');

/** The key that was compared is another now: nothing goes to it before the user agrees. */
export const KeyToAgreeTo: Story = {
  ...shown({}, both({ change, needsConsent: true })),
  play: async ({ canvas }) => {
    await expect(canvas.queryByRole('textbox')).toBeNull();
    await expect(canvas.getByRole('button', { name: 'Write to the new key' })).toBeVisible();
  },
};
export const KeyNotVouchedFor: Story = shown({ peerKey: 'unattested' });

export const SafetyNumber: Story = {
  ...shown({}, both({})),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Chat options' }));
    await userEvent.click(await canvas.findByRole('menuitem', { name: 'Safety number' }));
    await canvas.findByRole('dialog', { name: 'Safety number' });
  },
};

/** Chooses from the menu of the newest message. */
const choosing = (name: string, then: NonNullable<Story['play']>): NonNullable<Story['play']> =>
  async function choose(context) {
    const { canvas, userEvent } = context;
    const row = (await canvas.findByText('Already has your name on it')).closest<HTMLElement>('[data-row]');
    await userEvent.hover(row!);
    await userEvent.click(await within(row!).findByRole('button', { name: 'Message options' }));
    await userEvent.click(await canvas.findByRole('menuitem', { name }));
    await then(context);
  };

/** Why a message is believed, check by check. */
export const Details: Story = {
  ...shown({}, both({})),
  play: choosing('Details', async ({ canvas }) => {
    const dialog = await canvas.findByRole('dialog', { name: 'Verified' });
    await waitFor(() => expect(dialog).toHaveFocus());
  }),
};

/** The message that is answered stands over the text until Escape. */
export const Replying: Story = {
  ...shown({}),
  play: choosing('Reply', async ({ canvas }) => {
    await waitFor(() => expect(canvas.getByRole('textbox', { name: 'Message' })).toHaveFocus());
  }),
};

/** Files wait over the text, and can be taken back. */
export const Attaching: Story = {
  ...shown({}),
  play: async ({ canvas, canvasElement, userEvent }) => {
    const field = canvasElement.querySelector<HTMLInputElement>('input[type="file"]');
    await userEvent.upload(field!, new File(['size,price\nS,12'], 'sizes.csv', { type: 'text/csv' }));
    await canvas.findByText('sizes.csv');
  },
};
