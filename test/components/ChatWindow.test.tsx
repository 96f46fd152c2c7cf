import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { StrictMode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import type { ChatState, Thread } from '../../src/client/state.ts';
import { ChatWindow } from '../../src/components/ChatWindow/ChatWindow.tsx';
import { PushChatError, type ErrorCode } from '../../src/errors.ts';
import { failed, opened, pending } from './support/items.ts';
import { MAYA, ME, NORA } from './support/people.ts';
import { expectAccessible, renderWith } from './support/renderWith.tsx';
import { ready, stateClient, withThread } from './support/stateClient.ts';

const show = (state: Partial<ChatState>, answers: Partial<Omit<PushChatClient, 'store'>> = {}, peer: string = MAYA) => {
  const client = stateClient(state, answers);
  return { client, ...renderWith(client, <ChatWindow peer={peer} />) };
};
const button = (name: string | RegExp) => screen.getByRole('button', { name });
/** Ids of stored messages, as a node makes them. */
const cid = (letter: string): string => `bafyrei${letter.repeat(52)}`;
const unreachable = new PushChatError('NetworkUnavailable', 'The Push Node cannot be reached.');

describe('ChatWindow, unlocking', () => {
  const locked: Partial<ChatState> = { session: { status: 'locked', did: ME } };
  const atWallet = { name: 'wallet', purpose: 'open-keys', prompt: 2, of: 2, text: 'the very words' } as const;

  it('says what the wallet will ask, then asks it', async () => {
    const { client, container } = show(locked);
    expect(container).toHaveTextContent(/no fee/);
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
    await expectAccessible(container);
    await userEvent.click(button(/^Unlock/));
    expect(client.calls).toContainEqual(['unlock']);
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it('WA-08 a double click in StrictMode is one unlock call', async () => {
    const unlock = vi.fn(() => new Promise<void>(() => undefined));
    renderWith(
      stateClient(locked, { unlock }),
      <StrictMode>
        <ChatWindow peer={MAYA} />
      </StrictMode>,
    );
    expect(unlock).not.toHaveBeenCalled();
    await userEvent.dblClick(button(/^Unlock/));
    expect(unlock).toHaveBeenCalledOnce();
    expect(button(/^Unlock/)).toHaveAttribute('aria-disabled', 'true');
  });

  it('tells each step, and why it ended', () => {
    const { client } = show(locked);
    const step = (session: ChatState['session']) => act(() => client.store.set({ ...client.store.get(), session }));
    step({ status: 'unlocking', did: ME, step: { name: 'generating' } });
    expect(screen.getByText('Making your chat key on this device…')).toBeInTheDocument();
    step({ status: 'reopening', did: ME });
    expect(screen.getByText('Opening your chats…')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /^Unlock/ })).toBeNull();
    step({ status: 'unlocking', did: ME, step: { ...atWallet, purpose: 'attest-keys' } });
    expect(screen.getByText('Signature 2 of 2: sign in your wallet…')).toBeInTheDocument();
    expect(screen.getByText('the very words')).toBeInTheDocument();
    step({ status: 'locked', did: ME, error: new PushChatError('WalletRejected', 'You declined the signature.') });
    expect(screen.getByRole('alert')).toHaveTextContent('You declined the signature.');
    expect(button(/^Unlock/)).toBeEnabled();
    step({ status: 'ready', did: ME });
    expect(screen.getByRole('log')).toBeInTheDocument();
  });

  it.each<[ErrorCode, string]>([
    ['WalletRejected', 'Nothing was signed'],
    ['WalletChanged', 'Your wallet switched accounts'],
    ['WalletNonDeterministic', 'This wallet signs differently each time'],
    ['WalletTimeout', 'Your wallet did not answer'],
    ['WalletUnsupported', 'This wallet can’t unlock chat yet'],
    ['NetworkUnavailable', 'Offline'],
    ['KeyMismatch', 'Chat could not be unlocked'],
  ])('%s is a state with a title, a reason and a way on', async (code, title) => {
    const error = new PushChatError(code, 'Why, and what to do.');
    const { container } = show({ session: { status: 'locked', did: ME, error } });
    expect(screen.getByRole('alert')).toHaveTextContent(`${title}Why, and what to do.`);
    expect(button('Unlock chat again')).toBeEnabled();
    await expectAccessible(container);
  });

  it('leaves it to the user whether the keys stay, where the host does; unasked they do not', async () => {
    const unlock = vi.fn(() => Promise.resolve());
    show(locked, { asksToKeep: true, unlock });
    await userEvent.click(button('Unlock chat'));
    expect(unlock).toHaveBeenLastCalledWith({ keep: false });
    await userEvent.click(screen.getByRole('checkbox', { name: 'Stay unlocked on this device' }));
    await userEvent.click(button('Unlock chat'));
    expect(unlock).toHaveBeenLastCalledWith({ keep: true });
  });

  it('asks for a wallet where there is none', () => {
    show({});
    expect(screen.getByText('No wallet connected')).toBeInTheDocument();
    expect(screen.queryByRole('button')).toBeNull();
  });
});

describe('ChatWindow, reading', () => {
  it('shows who it is, what was said, and how far it can be trusted', async () => {
    const { container } = show({
      ...withThread({ items: [opened('Good morning'), opened('And to you', { from: 'me' })] }),
      profiles: { [MAYA]: { did: MAYA, name: 'Maya', about: null, picture: null, key: 'verified', blocked: [] } },
    });
    expect(screen.getByText('Maya')).toBeInTheDocument();
    expect(screen.getByText('Encrypted')).toBeInTheDocument();
    const log = screen.getByRole('log', { name: 'Messages with Maya' });
    expect(within(log).getByText('Good morning')).toBeInTheDocument();
    expect(log.querySelectorAll('[data-verification="verified"]')).toHaveLength(2);
    await expectAccessible(container);
  });

  it('UI-01 a name that is markup makes no element, and unseen characters fall away', () => {
    const name = '<img src=x onerror=alert(1)>\u202e\u200b';
    const { container } = show({
      ...withThread({ relation: 'request-received' }),
      profiles: { [MAYA]: { did: MAYA, name, about: name, picture: null, key: 'verified', blocked: [] } },
    });
    expect(container.querySelector('img')).toBeNull();
    expect(screen.getAllByText(/<img/)[0]?.textContent).toBe('<img src=x onerror=alert(1)>');
  });

  it.each<[string, Partial<Thread>, string]>([
    ['loading', { loading: { status: 'loading' } }, 'Loading messages…'],
    ['empty', {}, 'No messages yet'],
    ['failed', { loading: { status: 'failed', error: unreachable } }, 'The Push Node cannot be reached.'],
  ])('has a state for: %s', async (_name, thread, words) => {
    const { container } = show(withThread(thread));
    expect(screen.getByText(words)).toBeInTheDocument();
    expect(screen.getByRole('log')).toBeInTheDocument();
    await expectAccessible(container);
  });

  it('reads again after a failure', async () => {
    const { client } = show(withThread({ loading: { status: 'failed', error: unreachable } }));
    client.calls.length = 0;
    await userEvent.click(button('Try again'));
    expect(client.calls).toContainEqual(['openThread', MAYA]);
  });

  it('loads older messages by button and by scrolling, but after a failure by button only', async () => {
    const { client } = show(withThread({ items: [opened('New')], older: 'older-id' }));
    await userEvent.click(button('Load older messages'));
    fireEvent.scroll(screen.getByRole('log'));
    const loads = () => client.calls.filter(([name]) => name === 'loadOlder').length;
    expect(loads()).toBe(2);
    const { threads } = withThread({
      items: [opened('New')],
      older: 'older-id',
      loadingOlder: { status: 'failed', error: unreachable },
    });
    act(() => client.store.set({ ...client.store.get(), threads: threads ?? {} }));
    fireEvent.scroll(screen.getByRole('log'));
    expect(loads()).toBe(2);
    expect(screen.getByRole('alert')).toHaveTextContent('cannot be reached');
    await userEvent.click(button('Load older messages'));
    expect(loads()).toBe(3);
  });

  it('marks as read what is seen', () => {
    const { client } = show(withThread({ items: [opened('Hello')] }));
    expect(client.calls).toContainEqual(['markRead', MAYA]);
  });

  it('says that it is offline', () => {
    show({ ...withThread(), connection: 'offline' });
    expect(screen.getByText('You’re offline.')).toBeInTheDocument();
  });

  it('says where encryption begins', () => {
    show(withThread({ items: [opened('Hi', { encrypted: false, minutesAgo: 2 }), opened('Hi again')] }));
    expect(screen.getByText('Messages are encrypted from here')).toBeInTheDocument();
  });

  it('CH-05 DU-08 says where messages are missing, and that the node went back to an older state', async () => {
    const items = [
      { ...opened('One', { id: cid('a'), minutesAgo: 2 }), link: null },
      { ...opened('Three', { id: cid('c') }), link: cid('b') },
    ];
    const { container } = show(withThread({ items, head: cid('c'), rollback: cid('d') }));
    const log = screen.getByRole('log');
    const cards = [...log.querySelectorAll('[data-notice]')].map((card) => card.getAttribute('data-notice'));
    expect(cards).toEqual(['HistoryGap', 'HistoryRollback']);
    expect(screen.getByText('Messages may be missing here')).toBeInTheDocument();
    expect(log.textContent.indexOf('One')).toBeLessThan(log.textContent.indexOf('missing here'));
    expect(log.textContent.indexOf('missing here')).toBeLessThan(log.textContent.indexOf('Three'));
    await expectAccessible(container);
  });

  it('refuses what is no account', async () => {
    const { client, container } = show(ready, {}, 'javascript:alert(1)');
    expect(screen.getByRole('alert')).toHaveTextContent('No such account');
    expect(client.calls.some(([name]) => name === 'followThread')).toBe(false);
    await expectAccessible(container);
  });

  it('retries, discards and edits a failed message', async () => {
    const item = failed('Floor plan?');
    const { client } = show(withThread({ items: [item] }));
    await userEvent.click(button('Retry'));
    expect(client.calls).toContainEqual(['retryMessage', MAYA, item.id]);
    await userEvent.click(button('Discard'));
    expect(client.calls).toContainEqual(['discardMessage', MAYA, item.id]);
    await userEvent.click(button('Edit'));
    expect(screen.getByRole('textbox', { name: 'Message' })).toHaveValue('Floor plan?');
  });

  it('shows another peer without anything of the last one', () => {
    const one = withThread({ items: [opened('From Maya')] });
    const two = withThread({ items: [pending('To Nora')] }, NORA);
    const client = stateClient({ ...ready, threads: { ...one.threads, ...two.threads } });
    const { rerender } = renderWith(client, <ChatWindow peer={MAYA} />);
    expect(screen.getByText('From Maya')).toBeInTheDocument();
    rerender(<ChatWindow peer={NORA} />);
    expect(screen.queryByText('From Maya')).toBeNull();
    expect(screen.getByText('To Nora')).toBeInTheDocument();
  });
});

describe('ChatWindow, deciding', () => {
  it('asks for an answer to a request, and shows its messages as words only', async () => {
    const { client, container } = show(
      withThread({ relation: 'request-received', items: [opened('See https://good.example')] }),
    );
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(screen.queryByRole('link')).toBeNull();
    await expectAccessible(container);
    await userEvent.click(button('Accept'));
    await userEvent.click(button('Reject'));
    await userEvent.click(button('Block'));
    for (const command of ['acceptRequest', 'rejectRequest', 'blockUser']) {
      expect(client.calls).toContainEqual([command, MAYA]);
    }
  });

  it('says why an answer failed', async () => {
    const client = stateClient(withThread({ relation: 'request-received' }), {
      acceptRequest: () => Promise.reject(unreachable),
    });
    renderWith(client, <ChatWindow peer={MAYA} />);
    await userEvent.click(button('Accept'));
    expect(await screen.findByRole('alert')).toHaveTextContent('cannot be reached');
  });

  it('blocks from the menu, by keyboard', async () => {
    const { client, container } = show(withThread());
    const user = userEvent.setup();
    button('Chat options').focus();
    await user.keyboard('{Enter}{End}');
    expect(screen.getByRole('menuitem', { name: 'Block' })).toHaveFocus();
    await expectAccessible(container);
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('menu')).toBeNull();
    expect(button('Chat options')).toHaveFocus();
    await user.keyboard('{Enter}{ArrowUp}{Enter}');
    expect(client.calls).toContainEqual(['blockUser', MAYA]);
  });

  it('says why blocking failed', async () => {
    const client = stateClient(withThread(), { blockUser: () => Promise.reject(unreachable) });
    renderWith(client, <ChatWindow peer={MAYA} />);
    await userEvent.click(button('Chat options'));
    await userEvent.click(screen.getByRole('menuitem', { name: 'Block' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('cannot be reached');
  });

  it('offers to unblock, and no way to write', async () => {
    const { client } = show(withThread({ relation: 'blocked' }));
    expect(screen.queryByRole('textbox')).toBeNull();
    await userEvent.click(button('Unblock'));
    await waitFor(() => expect(client.calls).toContainEqual(['unblockUser', MAYA]));
  });

  it.each(['unattested', 'unchecked', 'signed'] as const)('sends nothing to a key that is %s', (peerKey) => {
    show(withThread({ peerKey }));
    expect(
      screen.getByRole('group', { name: /^Their chat key can’t be (verified|checked here)$/ }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('textbox')).toBeNull();
  });
});
