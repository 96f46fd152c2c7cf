import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactElement } from 'react';
import { expect } from 'storybook/test';
import type { ChatState, ChatSummary } from '../src/client/state.ts';
import { PushChatError } from '../src/errors.ts';
import { ChatInbox, ChatList, RequestList } from '../src/exports/index.ts';
import { PushChatProvider } from '../src/hooks/PushChatProvider.tsx';
import { parseDid } from '../src/protocol/did.ts';
import { NOW, opened, quarantined, undecryptable } from '../test/components/support/items.ts';
import { MAYA, NORA, RAVI } from '../test/components/support/people.ts';
import { loadedList, ready, stateClient } from '../test/components/support/stateClient.ts';

/** What the lists can be in, each by itself. */
const meta: Meta = { title: 'Lists', tags: ['!autodocs'] };
export default meta;

const row = (peer: ChatSummary['peer'], last: ChatSummary['last'], unread = 0): ChatSummary => ({
  peer,
  chatId: peer,
  timestamp: last?.timestamp ?? NOW,
  unread,
  ...(last && { last }),
});
const chats = loadedList([
  row(MAYA, opened('Packed and at the post office. Here is the tracking number, in case you want to follow it.')),
  row(NORA, opened('Which print goes first?', { minutesAgo: 44 }), 3),
  row(RAVI, undecryptable('DecryptFailed', { minutesAgo: 3_000 })),
]);
const error = new PushChatError('NetworkUnavailable', 'The Push Node cannot be reached. Check the connection.');

const shown = (state: Partial<ChatState>, ui: ReactElement, width = 360): StoryObj => ({
  render: () => (
    <PushChatProvider client={stateClient({ ...ready, ...state })}>
      <div style={{ width: `min(${width}px, 100vw - 64px)`, height: 560 }}>{ui}</div>
    </PushChatProvider>
  ),
});

export const Chats = shown({ chats }, <ChatList selected={MAYA} />);
export const ChatsMore = shown({ chats: { ...chats, nextPage: 2 } }, <ChatList />);
export const ChatsLoading = shown({ chats: { ...loadedList(), loading: { status: 'loading' } } }, <ChatList />);
export const ChatsFailed: StoryObj = {
  ...shown({ chats: { ...loadedList(), loading: { status: 'failed', error } } }, <ChatList />),
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('button', { name: 'Try again' })).toBeVisible();
  },
};
/** An empty list has a next step. */
export const ChatsEmpty = shown({ chats: loadedList() }, <ChatList onNewChat={() => undefined} />);
/** A search that finds nothing says so. */
export const ChatsNotFound = shown({ chats }, <ChatList search="lighthouse" />);

/** One digit beside a peer that is known. */
const LOOKALIKE = parseDid('0x8f3cf7ad11d3cadbd9735aff958023239c6aa063');
const stranger = (i: number): ChatSummary['peer'] => parseDid(`0x${(i + 17).toString(16).padStart(40, '5c')}`);

/** Words only; what looks like somebody known is said to be somebody else. */
export const Requests = shown(
  {
    chats,
    requests: loadedList([
      row(stranger(1), opened('Hi! Is it still free in March? Photos: https://example.org/photos', { minutesAgo: 2 })),
      row(LOOKALIKE, opened('gm, it is Maya from my new wallet, send it here instead', { minutesAgo: 60 })),
      row(stranger(2), quarantined('ProofInvalid', { minutesAgo: 90 })),
    ]),
  },
  <RequestList />,
);
/** A flood is drawn a page at a time, and rejected in one go. */
export const RequestsFlood: StoryObj = {
  ...shown(
    { requests: loadedList(Array.from({ length: 400 }, (_, i) => row(stranger(i), opened(`Claim reward ${i}`)))) },
    <div style={{ height: '100%', overflow: 'auto' }}>
      <RequestList />
    </div>,
  ),
  play: async ({ canvas }) => {
    await expect(canvas.getAllByRole('button', { name: 'Accept' }).length).toBeLessThan(100);
  },
};
export const RequestsLoading = shown(
  { requests: { ...loadedList(), loading: { status: 'loading' } } },
  <RequestList />,
);
export const RequestsFailed = shown(
  { requests: { ...loadedList(), loading: { status: 'failed', error } } },
  <RequestList />,
);

const inbox = { chats, requests: loadedList([row(stranger(1), opened('Can we talk?'))]) };
export const Inbox = shown(inbox, <ChatInbox />, 900);

/** An address is checked before a chat with it begins. */
export const InboxNewChat: StoryObj = {
  ...shown(inbox, <ChatInbox />),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'New chat' }));
    await userEvent.type(await canvas.findByRole('textbox'), '0x8f3c');
  },
};
