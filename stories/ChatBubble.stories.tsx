import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn } from 'storybook/test';
import { ChatBubble } from '../src/exports/index.ts';
import { PushChatError } from '../src/errors.ts';
import type { ThreadItem } from '../src/client/state.ts';
import type { MessageContent } from '../src/protocol/messageContent.ts';
import { NewestMessage } from './examples/NewestMessage.tsx';
import source from './examples/NewestMessage.tsx?raw';
import { shownSource } from './support/example.ts';
import { Live, Side } from './support/Live.tsx';
import { talking } from './support/scenes.ts';

const meta: Meta<typeof ChatBubble> = {
  title: 'ChatBubble',
  parameters: { everyStory: true },
  component: ChatBubble,
  decorators: [
    (Story) => (
      <div style={{ width: 'min(360px, 92vw)', containerType: 'inline-size' }}>
        <Story />
      </div>
    ),
  ],
};
export default meta;
type Story = StoryObj<typeof ChatBubble>;

export const Example: Story = {
  render: () => (
    <Live scene={talking}>
      {({ alice, bob }) => (
        <Side user={alice} width={360} height={90}>
          <NewestMessage peer={bob.did} />
        </Side>
      )}
    </Live>
  ),
  parameters: shownSource(source),
  play: async ({ canvas }) => {
    await canvas.findByText('Deal 🤝', {}, { timeout: 15_000 });
  },
};

const AT = Date.UTC(2026, 10, 22, 14, 30);
const base = { id: 'bafyreibjzjnoiph2444iqmwlro5x3upuft6iau3lpsudju4dvzvh6kjwia', timestamp: AT } as const;

const verified = (content: MessageContent, from: 'me' | 'peer' = 'peer'): ThreadItem => ({
  ...base,
  from,
  state: 'verified',
  content,
  encrypted: true,
});
const text = (content: string): MessageContent => ({ type: 'Text', content });

export const FromPeer: Story = { args: { item: verified(text('It is. Which one do you mean?')) } };
export const FromMe: Story = { args: { item: verified(text('The blue one, number 812.'), 'me') } };
export const Long: Story = {
  args: {
    item: verified(
      text('A longer thought, with a word that has no place to break: ' + 'x'.repeat(90) + '\nand a second line.'),
    ),
  },
};
export const EmojiOnly: Story = { args: { item: verified(text('🤝🎉')) } };

/** Links of http and https are links; everything else is text. */
export const Links: Story = {
  args: { item: verified(text('See https://example.org/items/812 but not javascript:alert(1) or data:text/html,hi')) },
  play: async ({ canvas }) => {
    const links = canvas.getAllByRole('link');
    await expect(links.map((link) => link.getAttribute('href'))).toEqual(['https://example.org/items/812']);
  },
};

const PIXELS =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGNgYPj/n4GBgYHhPwMDAwAkAgP+QLFMwwAAAABJRU5ErkJggg==';
export const Image: Story = { args: { item: verified({ type: 'Image', content: PIXELS }) } };
export const File: Story = {
  args: {
    item: verified({
      type: 'File',
      content: JSON.stringify({
        content: 'data:text/plain;base64,aGVsbG8=',
        name: 'provenance.txt',
        type: 'text/plain',
        size: 5,
      }),
    }),
  },
};
export const MediaLink: Story = {
  args: { item: verified({ type: 'MediaEmbed', content: 'https://example.org/dance.gif' }) },
};
export const Reaction: Story = { args: { item: verified({ type: 'Reaction', content: '🔥', reference: base.id }) } };
export const Reply: Story = {
  args: {
    item: verified({ type: 'Reply', content: { type: 'Text', content: 'Yes, at eight.' }, reference: base.id }, 'me'),
    quoted: verified(text('Will you be there?')),
  },
};
export const Composite: Story = {
  args: {
    item: verified({
      type: 'Composite',
      content: [
        { type: 'Text', content: 'Both of them:' },
        { type: 'Image', content: PIXELS },
      ],
    }),
  },
};

/** The proof is right, but no wallet vouches for the key: an account of an older kind. */
export const Signed: Story = {
  args: { item: { ...base, from: 'peer', state: 'signed', content: text('An old friend.'), encrypted: true } },
};
export const NotEncrypted: Story = {
  args: { item: { ...base, from: 'me', state: 'verified', content: text('Are you there?'), encrypted: false } },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('Not encrypted')).toBeVisible();
  },
};
export const Pending: Story = {
  args: { item: { ...base, from: 'me', state: 'pending', content: text('On its way'), encrypted: true } },
};
export const Failed: Story = {
  args: {
    item: {
      ...base,
      from: 'me',
      state: 'failed',
      content: text('Did not get there'),
      encrypted: true,
      error: new PushChatError('NetworkUnavailable', 'The Push Node cannot be reached.'),
    },
    onRetry: fn(),
    onEdit: fn(),
    onDiscard: fn(),
  },
  play: async ({ args, canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: /Retry/ }));
    await expect(args.onRetry).toHaveBeenCalledOnce();
  },
};

/** A check failed: the words are never shown. */
export const Quarantined: Story = {
  args: { item: { ...base, from: 'peer', state: 'quarantined', reason: 'ProofInvalid' } },
};
export const KeyNotAttested: Story = {
  args: { item: { ...base, from: 'peer', state: 'quarantined', reason: 'KeyUnattested' } },
};
export const Undecryptable: Story = {
  args: { item: { ...base, from: 'peer', state: 'undecryptable', reason: 'DecryptFailed' } },
};
export const UnknownType: Story = {
  args: { item: { ...base, from: 'peer', state: 'undecryptable', reason: 'UnsupportedMessageType' } },
};
