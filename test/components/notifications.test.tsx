import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { describe, expect, it, vi } from 'vitest';
import type { MessageNotification } from '../../src/client/notify/messageNotification.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import { DEFAULT_SETTINGS } from '../../src/client/notify/notificationSettings.ts';
import {
  ChatInbox,
  NamesProvider,
  NotificationItem,
  NotificationList,
  NotificationSettings,
  NotificationsProvider,
  PushChatProvider,
} from '../../src/exports/index.ts';
import { opened } from './support/items.ts';
import { boxOf, channelsClient, EVERY_NOTIFICATION, notified, platformOf } from './support/notifications.ts';
import { MAYA, NORA } from './support/people.ts';
import { loadedList, ready, stateClient } from './support/stateClient.ts';

const show = (client: PushChatClient, ui: ReactElement) =>
  render(<PushChatProvider client={client}>{ui}</PushChatProvider>);

describe('NotificationList', () => {
  it('shows what was signed, and of what was not only that', () => {
    show(channelsClient({ inbox: boxOf(EVERY_NOTIFICATION), channels: [MAYA] }), <NotificationList />);
    const [verified, unsafe, signed, hidden, unchecked] = screen.getAllByRole('article');
    const said = (article: HTMLElement | undefined) => within(article ?? document.body);
    expect(said(verified).getByRole('img', { name: 'Verified' })).toBeVisible();
    expect(said(verified).getByRole('link', { name: 'Open vote.example.org' })).toHaveAttribute(
      'rel',
      expect.stringContaining('noopener'),
    );
    expect(said(unsafe).queryByRole('link')).toBeNull();
    expect(unsafe).toHaveTextContent('can’t be opened safely');
    expect(said(signed).getByRole('img', { name: /no wallet vouches/ })).toBeVisible();
    expect(hidden).toHaveTextContent('Notification hidden');
    expect(said(hidden).queryByRole('link')).toBeNull();
    expect(unchecked).toHaveTextContent('Can’t be checked here.');
  });

  it('draws no picture from a stranger’s server and, in spam, no link', async () => {
    const evil = notified('Claim', { text: 'Go to https://evil.example', link: 'https://evil.example' });
    const withPicture = {
      ...evil,
      content: { ...evil.content, data: { ...evil.content.data, aimg: 'https://evil.example/a.png' } },
    };
    const { container } = show(
      channelsClient({ inbox: boxOf([]), spam: boxOf([withPicture]), channels: [] }),
      <NotificationList />,
    );
    await userEvent.click(screen.getByRole('tab', { name: 'Spam' }));
    expect(screen.getByRole('article')).toHaveTextContent('Claim');
    expect(screen.queryByRole('link')).toBeNull();
    expect(container.querySelector('img')).toBeNull();
  });

  it('opts in and out at a channel, and loads more', async () => {
    const client = channelsClient({
      inbox: boxOf([notified('Rain')], { nextPage: 2 }),
      spam: boxOf([notified('Hi', { channel: NORA })]),
      channels: [MAYA],
    });
    show(client, <NotificationList />);
    await userEvent.click(screen.getByRole('button', { name: 'Opt out' }));
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    await userEvent.click(screen.getByRole('tab', { name: 'Spam' }));
    await userEvent.click(screen.getByRole('button', { name: 'Opt in' }));
    expect(client.asked).toEqual([`optOut ${MAYA}`, 'load inbox', `optIn ${NORA}`]);
  });

  it('is one notification by itself, too', () => {
    show(
      channelsClient({ channels: undefined }),
      <NotificationItem item={notified('Rain', { text: 'In an hour.' })} />,
    );
    expect(screen.getByRole('article')).toHaveTextContent('In an hour.');
    expect(screen.queryByRole('button')).toBeNull();
  });
});

const arrival = (words: string, text = false): MessageNotification => {
  const item = opened(words);
  if (item.state !== 'verified') throw new Error('not verified');
  return { peer: MAYA, item, unread: 1, tag: 'a', settings: { ...DEFAULT_SETTINGS, shown: true, sound: true, text } };
};

/** A client that has something to notify of. */
function speakingClient() {
  const listeners: ((notification: MessageNotification) => void)[] = [];
  const client = stateClient(
    { ...ready, chats: loadedList([{ peer: MAYA, chatId: 'a', timestamp: 0, unread: 2 }]) },
    {
      onNotification: (listener) => {
        listeners.push(listener);
        return () => undefined;
      },
    },
  );
  return {
    client,
    ready: () => listeners.length > 0,
    say: (n: MessageNotification) => listeners.forEach((hear) => hear(n)),
  };
}

describe('NotificationsProvider', () => {
  it('shows, sounds, tells the page and opens the chat; names are those that the page vouches for (UI-17)', async () => {
    const { client, say, ready: listens } = speakingClient();
    const { platform, shown, opens, chimes } = platformOf();
    const [onNotify, onOpen] = [vi.fn(), vi.fn()];
    const names = {
      nameOf: () => Promise.resolve('maya.eth'),
      addressOf: () => Promise.resolve(MAYA.slice('eip155:'.length)),
    };
    show(
      client,
      <NamesProvider names={names}>
        <NotificationsProvider platform={platform} onNotify={onNotify} onOpen={onOpen}>
          <p>Page</p>
        </NotificationsProvider>
      </NamesProvider>,
    );
    await waitFor(() => expect(listens()).toBe(true));
    say(arrival('Secret words'));
    say(arrival('Said\u202e aloud', true));
    await waitFor(() => expect(shown).toEqual(['New message from maya.eth', 'maya.eth: Said aloud']));
    expect(chimes()).toBe(2);
    expect(onNotify).toHaveBeenCalledWith(
      expect.objectContaining({ peer: MAYA, title: 'New message from maya.eth', body: '' }),
    );
    opens[0]?.();
    expect(onOpen).toHaveBeenCalledWith(MAYA);
  });

  it('shows nothing that the browser does not allow, and tells the page all the same', async () => {
    const { client, say, ready: listens } = speakingClient();
    const { platform, shown } = platformOf('default');
    const onNotify = vi.fn();
    show(client, <NotificationsProvider platform={platform} onNotify={onNotify} />);
    await waitFor(() => expect(listens()).toBe(true));
    say(arrival('Hello'));
    await waitFor(() => expect(onNotify).toHaveBeenCalledOnce());
    expect(shown).toEqual([]);
  });

  it('counts in the page’s title only where the page wants that, and leaves it as it was', async () => {
    document.title = 'Shop';
    const { client } = speakingClient();
    const { rerender, unmount } = show(client, <NotificationsProvider platform={platformOf().platform} />);
    expect(document.title).toBe('Shop');
    rerender(
      <PushChatProvider client={client}>
        <NotificationsProvider platform={platformOf().platform} badge={{ icon: false }} />
      </PushChatProvider>,
    );
    await waitFor(() => expect(document.title).toBe('(1) Shop'));
    document.title = 'Cart';
    await waitFor(() => expect(document.title).toBe('(1) Cart'));
    unmount();
    expect(document.title).toBe('Cart');
  });

  it('offers to mute a chat, where it is', async () => {
    const client = stateClient({ ...ready, chats: loadedList([{ peer: MAYA, chatId: 'a', timestamp: 0, unread: 0 }]) });
    const { rerender } = show(client, <ChatInbox />);
    const open = (): void => void fireEvent.click(screen.getByRole('button', { name: 'Chat options' }));
    open();
    expect(screen.queryByRole('menuitem', { name: 'Mute' })).toBeNull();
    await userEvent.keyboard('{Escape}');
    rerender(
      <PushChatProvider client={client}>
        <NotificationsProvider platform={platformOf().platform}>
          <ChatInbox />
        </NotificationsProvider>
      </PushChatProvider>,
    );
    open();
    fireEvent.click(screen.getByRole('menuitem', { name: 'Mute' }));
    expect(client.muted.get()).toEqual({ [MAYA]: true });
    expect(screen.getByText('Muted')).toBeInTheDocument();
  });
});

describe('NotificationSettings', () => {
  it('asks the browser from the user’s gesture, once they want notifications, and not before', async () => {
    const client = channelsClient({});
    const device = platformOf('default');
    const ask = vi.spyOn(device.platform, 'ask');
    show(
      client,
      <NotificationsProvider platform={device.platform}>
        <NotificationSettings />
      </NotificationsProvider>,
    );
    const toggle = await screen.findByRole('switch', { name: 'Show notifications' });
    expect(toggle).not.toBeChecked();
    expect(ask).not.toHaveBeenCalled();
    await userEvent.click(toggle);
    await waitFor(() => expect(toggle).toBeChecked());
    expect(ask).toHaveBeenCalledOnce();
    expect(client.notificationSettings.get()).toMatchObject({ shown: true, text: false });
  });

  it('says what to do where the browser blocks it', async () => {
    show(
      channelsClient({}),
      <NotificationsProvider platform={platformOf('denied').platform}>
        <NotificationSettings />
      </NotificationsProvider>,
    );
    expect(await screen.findByRole('note')).toHaveTextContent('blocks notifications');
    expect(screen.getByRole('switch', { name: 'Show notifications' })).toBeDisabled();
  });

  it('keeps quiet hours, a sound and the words, each by its own switch', async () => {
    const client = channelsClient({});
    const device = platformOf();
    show(
      client,
      <NotificationsProvider platform={device.platform}>
        <NotificationSettings />
      </NotificationsProvider>,
    );
    await userEvent.click(await screen.findByRole('switch', { name: 'Sound' }));
    expect(device.chimes()).toBe(1);
    await userEvent.click(screen.getByRole('switch', { name: 'Show what was written' }));
    await userEvent.click(screen.getByRole('switch', { name: 'Quiet hours' }));
    fireEvent.change(screen.getByLabelText('From'), { target: { value: '23:30' } });
    expect(client.notificationSettings.get()).toEqual({
      ...DEFAULT_SETTINGS,
      sound: true,
      text: true,
      quiet: { from: 23 * 60 + 30, to: 7 * 60 },
    });
  });
});
