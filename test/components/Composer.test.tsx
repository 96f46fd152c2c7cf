import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import type { Thread } from '../../src/client/state.ts';
import { ChatWindow } from '../../src/components/ChatWindow/ChatWindow.tsx';
import { PushChatError } from '../../src/errors.ts';
import { failed, opened } from './support/items.ts';
import { MAYA } from './support/people.ts';
import { expectAccessible, renderWith } from './support/renderWith.tsx';
import { stateClient, withThread, type StateClient } from './support/stateClient.ts';

const show = (thread: Partial<Thread> = {}, answers: Partial<Omit<PushChatClient, 'store'>> = {}) => {
  const client = stateClient(withThread(thread), answers);
  return { client, ...renderWith(client, <ChatWindow peer={MAYA} />) };
};
const field = () => screen.getByRole('textbox', { name: 'Message' });
const sent = ({ calls }: StateClient) => calls.filter(([name]) => name === 'sendMessage').map((call) => call.slice(2));
const text = (content: string) => ({ type: 'Text', content });
const PLAIN = { allowPlaintext: true };
const SEALED = { allowPlaintext: false };

describe('Composer', () => {
  it('sends with Enter and with the button, breaks the line with Shift and Enter', async () => {
    const { client } = show();
    await userEvent.type(field(), 'One{Shift>}{Enter}{/Shift}two{Enter}');
    await userEvent.type(field(), 'Three');
    await userEvent.click(screen.getByRole('button', { name: 'Send message' }));
    expect(sent(client)).toEqual([
      [text('One\ntwo'), SEALED],
      [text('Three'), SEALED],
    ]);
    expect(field()).toHaveValue('');
    expect(field()).toHaveFocus();
  });

  it('sends nothing that is only space', async () => {
    const { client } = show();
    await userEvent.type(field(), '  {Enter}');
    expect(screen.getByRole('button', { name: 'Send message' })).toBeDisabled();
    expect(sent(client)).toEqual([]);
  });

  it('leaves Enter to an input method that composes', () => {
    const { client } = show();
    fireEvent.change(field(), { target: { value: 'にほん' } });
    fireEvent.keyDown(field(), { key: 'Enter', isComposing: true });
    fireEvent.keyDown(field(), { key: 'Enter', keyCode: 229 });
    expect(sent(client)).toEqual([]);
    fireEvent.keyDown(field(), { key: 'Enter', keyCode: 13 });
    expect(sent(client)).toEqual([[text('にほん'), SEALED]]);
  });

  it('keeps a draft by peer while it is away', async () => {
    const { client, unmount } = show();
    await userEvent.type(field(), 'Half a thou');
    unmount();
    renderWith(client, <ChatWindow peer={MAYA.slice('eip155:'.length)} />);
    expect(field()).toHaveValue('Half a thou');
  });

  it('gives the words back when a message is refused, and says why', async () => {
    const refused = new PushChatError('KeyUnattested', 'No wallet vouches for the key.');
    show({}, { sendMessage: () => Promise.reject(refused) });
    await userEvent.type(field(), 'Hello{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('No wallet vouches for the key.');
    expect(field()).toHaveValue('Hello');
  });

  it('leaves a message that failed on its way in the thread, and not in the field too', async () => {
    const error = new PushChatError('NetworkUnavailable', 'The Push Node cannot be reached.');
    const { client } = show(
      {},
      {
        sendMessage: () => {
          const { threads } = withThread({ items: [failed('Hello', { error })] });
          client.store.set({ ...client.store.get(), threads: threads ?? {} });
          return Promise.reject(error);
        },
      },
    );
    await userEvent.type(field(), 'Hello{Enter}');
    expect(await screen.findByText('Not sent')).toBeInTheDocument();
    expect(field()).toHaveValue('');
  });
});

/** A client that, like the real one, sends a message to a peer without a key with consent only. */
function showMissing(thread: Partial<Thread> = {}) {
  const calls: unknown[] = [];
  const view = show(
    { peerKey: 'missing', relation: 'none', ...thread },
    {
      sendMessage: (_peer, content, options) => {
        calls.push([content, options]);
        return options?.allowPlaintext
          ? Promise.resolve('sent')
          : Promise.reject(new PushChatError('PlaintextRefused', 'The message would go unencrypted.'));
      },
    },
  );
  return { ...view, calls };
}

describe('Composer, before an unencrypted message', () => {
  const dialog = () => screen.queryByRole('dialog', { name: 'This first message is not encrypted' });

  it('asks first, and sends with consent only', async () => {
    const { calls, container } = showMissing();
    await userEvent.type(field(), 'Are you there?{Enter}');
    await waitFor(() => expect(dialog()).toHaveFocus());
    expect(calls).toEqual([[text('Are you there?'), SEALED]]);
    await expectAccessible(container);
    await userEvent.click(screen.getByRole('button', { name: 'Send unencrypted' }));
    expect(calls.slice(1)).toEqual([[text('Are you there?'), PLAIN]]);
    expect(dialog()).toBeNull();
    expect(field()).toHaveValue('');
  });

  it.each(['Keep as draft', 'Escape'])('keeps the words and sends nothing: %s', async (way) => {
    const { calls } = showMissing();
    await userEvent.type(field(), 'Are you there?{Enter}');
    await waitFor(() => expect(dialog()).toHaveFocus());
    if (way === 'Escape') await userEvent.keyboard('{Escape}');
    else await userEvent.click(screen.getByRole('button', { name: way }));
    expect(dialog()).toBeNull();
    expect(field()).toHaveValue('Are you there?');
    expect(field()).toHaveFocus();
    expect(calls).toEqual([[text('Are you there?'), SEALED]]);
  });

  it('asks once a thread: one that went unencrypted before is an agreement', async () => {
    const { calls } = showMissing({ items: [opened('Hi', { from: 'me', encrypted: false })] });
    await userEvent.type(field(), 'Still there?{Enter}');
    expect(calls).toEqual([[text('Still there?'), PLAIN]]);
  });

  it('offers no way back from a chat that was encrypted', async () => {
    const { calls } = showMissing({ items: [opened('Hi')] });
    await userEvent.type(field(), 'Hello{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('would go unencrypted');
    expect(dialog()).toBeNull();
    expect(calls).toEqual([[text('Hello'), SEALED]]);
    expect(field()).toHaveValue('Hello');
  });

  it('asks when only the sending finds out that there is no key', async () => {
    const { client } = show(
      { peerKey: 'unknown', relation: 'none' },
      {
        sendMessage: () => {
          const { threads } = withThread({ peerKey: 'missing', relation: 'none' });
          act(() => client.store.set({ ...client.store.get(), threads: threads ?? {} }));
          return Promise.reject(new PushChatError('PlaintextRefused', 'The message would go unencrypted.'));
        },
      },
    );
    await userEvent.type(field(), 'Hello{Enter}');
    expect(await screen.findByRole('dialog')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('asks nothing of a peer who has joined meanwhile', async () => {
    const { client } = show({ peerKey: 'missing', relation: 'none' });
    await userEvent.type(field(), 'Hello{Enter}');
    expect(sent(client)).toEqual([[text('Hello'), SEALED]]);
    expect(dialog()).toBeNull();
  });
});
