import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactElement } from 'react';
import { expect } from 'storybook/test';
import type { ChannelsState } from '../src/client/channels/channelsState.ts';
import { PushChatError } from '../src/errors.ts';
import { ChatInbox, NotificationList, NotificationSettings, NotificationsProvider } from '../src/exports/index.ts';
import { PushChatProvider } from '../src/hooks/PushChatProvider.tsx';
import {
  boxOf,
  channelsClient,
  EVERY_NOTIFICATION,
  notified,
  platformOf,
} from '../test/components/support/notifications.ts';
import { MAYA, NORA } from '../test/components/support/people.ts';
import { Live, Side } from './support/Live.tsx';
import { busy } from './support/scenes.ts';

/** What channels send, and how a user wants to be notified of messages. */
const meta: Meta = { title: 'Notifications', tags: ['!autodocs'] };
export default meta;

const error = new PushChatError('NetworkUnavailable', 'The Push Node cannot be reached. Check the connection.');

const listed = (state: Partial<ChannelsState>, width = 400, list: ReactElement = <NotificationList />): StoryObj => ({
  render: () => (
    <PushChatProvider client={channelsClient(state)}>
      <div style={{ width: `min(${width}px, 100vw - 64px)`, height: 660 }}>{list}</div>
    </PushChatProvider>
  ),
});

/** Verified, only signed, hidden because a check failed, and one that only a blockchain could tell about. */
export const EveryState: StoryObj = {
  ...listed({ inbox: boxOf(EVERY_NOTIFICATION), channels: [MAYA, NORA] }),
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('link', { name: 'Open vote.example.org' })).toBeVisible();
    await expect(canvas.queryByRole('link', { name: /evil|paypal/ })).toBeNull();
  },
};
export const Narrow = listed({ inbox: boxOf(EVERY_NOTIFICATION), channels: [MAYA, NORA] }, 300);
/** What nobody asked for is words only. */
export const Spam = listed(
  {
    spam: boxOf([
      notified('Claim your tokens', { text: 'Only today: https://evil.example', link: 'https://evil.example' }),
    ]),
    channels: [],
  },
  400,
  <NotificationList defaultBox="spam" />,
);
export const More = listed({ inbox: boxOf(EVERY_NOTIFICATION.slice(0, 2), { nextPage: 2 }), channels: [MAYA] });
export const Empty = listed({ inbox: boxOf([]), channels: [] });
export const Loading = listed({ inbox: boxOf([], { loading: { status: 'loading' } }) });
export const Failed = listed({ inbox: boxOf([], { loading: { status: 'failed', error } }) });

const settings = (permit: NotificationPermission | 'unsupported', width = 360): StoryObj => ({
  render: () => {
    const client = channelsClient({});
    client.setNotificationSettings({ shown: true, sound: true, quiet: { from: 22 * 60, to: 7 * 60 } });
    return (
      <PushChatProvider client={client}>
        <NotificationsProvider platform={platformOf(permit).platform} push>
          <div style={{ width: `min(${width}px, 100vw - 64px)` }}>
            <NotificationSettings />
          </div>
        </NotificationsProvider>
      </PushChatProvider>
    );
  },
});

export const Settings: StoryObj = {
  ...settings('granted'),
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('switch', { name: 'Show notifications' })).toBeChecked();
  },
};
export const SettingsNarrow = settings('granted', 260);
/** The browser’s word is final: the way out is in its own settings. */
export const SettingsDenied: StoryObj = {
  ...settings('denied'),
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('switch', { name: 'Show notifications' })).toBeDisabled();
  },
};
export const SettingsUnsupported = settings('unsupported');

const WAIT = { timeout: 15_000 };

/** In the account’s menu, and for each chat. */
export const InTheInbox: StoryObj = {
  render: () => (
    <Live scene={busy}>
      {({ alice }) => (
        <Side user={alice} width={360}>
          <NotificationsProvider platform={platformOf('default').platform}>
            <ChatInbox />
          </NotificationsProvider>
        </Side>
      )}
    </Live>
  ),
  play: async ({ canvas, userEvent }) => {
    await canvas.findByText('Bob', {}, WAIT);
    await userEvent.click(canvas.getByRole('button', { name: 'Account options' }));
    await userEvent.click(await canvas.findByRole('menuitem', { name: 'Notifications' }));
    await userEvent.click(await canvas.findByRole('switch', { name: 'Show notifications' }, WAIT));
    await expect(await canvas.findByRole('switch', { name: 'Show notifications', checked: true })).toBeVisible();
  },
};
