import { act, createEvent, fireEvent, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { ChatWindow } from '../../src/components/ChatWindow/ChatWindow.tsx';
import { MOST_BYTES } from '../../src/components/Composer/mostBytes.ts';
import { prepareAttachment } from '../../src/components/Composer/prepareAttachment.ts';
import { PushChatError } from '../../src/errors.ts';
import { sealMessage } from '../../src/protocol/sealMessage.ts';
import { MAX_PAYLOAD_BYTES } from '../../src/protocol/limits.ts';
import { privateKeyOf, vectorUser } from '../support/vectors.ts';
import { MAYA, NORA } from './support/people.ts';
import { expectAccessible, renderWith } from './support/renderWith.tsx';
import { stateClient, withThread } from './support/stateClient.ts';

const notes = new File(['a,b'], 'notes.csv', { type: 'text/csv' });
const show = (answers: Parameters<typeof stateClient>[1] = {}) => {
  const client = stateClient(withThread(), answers);
  return { client, ...renderWith(client, <ChatWindow peer={MAYA} />) };
};
const chooser = () => {
  const input = document.querySelector<HTMLInputElement>('input[type="file"]');
  if (!input) throw new Error('no file input');
  return input;
};
const sent = (client: ReturnType<typeof stateClient>) =>
  client.calls.filter(([name]) => name === 'sendMessage').map((call) => call[2]);
const asFile = { type: 'File', content: expect.stringContaining('"name":"notes.csv"') as string };
const removal = { name: 'Remove notes.csv' };

describe('attachments', () => {
  it('go before the words, each in a message of its own, and can be taken back before', async () => {
    const { client, container } = show();
    await userEvent.upload(chooser(), [notes, new File(['x'], 'other.bin')]);
    await screen.findByRole('button', removal);
    await expectAccessible(container);
    await userEvent.click(screen.getByRole('button', { name: 'Remove other.bin' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Message' }), 'Here{Enter}');
    await waitFor(() => expect(sent(client)).toEqual([asFile, { type: 'Text', content: 'Here' }]));
    expect(screen.queryByRole('button', removal)).toBeNull();
  });

  it('come back when they are refused, with why', async () => {
    const { client } = show({
      sendMessage: () => Promise.reject(new PushChatError('NotPermitted', 'Not to this account.')),
    });
    await userEvent.upload(chooser(), notes);
    await screen.findByRole('button', removal);
    await userEvent.click(screen.getByRole('button', { name: 'Send message' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Not to this account.');
    expect(screen.getByRole('button', removal)).toBeInTheDocument();
    expect(client.store.get().threads[MAYA]?.items).toEqual([]);
  });

  it('stay while another chat is open, and go when chat is locked', async () => {
    const client = stateClient(withThread());
    const { rerender } = renderWith(client, <ChatWindow peer={MAYA} />);
    await userEvent.upload(chooser(), notes);
    await screen.findByRole('button', removal);
    rerender(<ChatWindow key="other" peer={NORA} />);
    expect(screen.queryByRole('button', removal)).toBeNull();
    rerender(<ChatWindow key="back" peer={MAYA} />);
    expect(await screen.findByRole('button', removal)).toBeInTheDocument();
    const before = client.store.get();
    act(() => client.store.set({ ...before, session: { status: 'disconnected' } }));
    act(() => client.store.set(before));
    await screen.findByRole('textbox', { name: 'Message' });
    expect(screen.queryByRole('button', removal)).toBeNull();
  });

  it('UI-16 are refused when they are too large, and the words stay', async () => {
    show();
    const huge = new File([new Uint8Array(MOST_BYTES + 1)], 'huge.zip');
    await userEvent.type(screen.getByRole('textbox', { name: 'Message' }), 'Words');
    await userEvent.upload(chooser(), huge);
    expect(await screen.findByRole('alert')).toHaveTextContent('huge.zip is too large');
    expect(screen.getByRole('textbox', { name: 'Message' })).toHaveValue('Words');
  });

  it('UI-16 come by drop and by paste; markup and text that is pasted stays text', async () => {
    show();
    const field = screen.getByRole('textbox', { name: 'Message' });
    fireEvent.drop(field, { dataTransfer: { files: [notes], types: ['Files'] } });
    await screen.findByRole('button', removal);
    await userEvent.click(screen.getByRole('button', removal));
    const paste = (types: string[], files: File[]) => {
      const event = createEvent.paste(field, { clipboardData: { types, files, getData: () => '' } });
      fireEvent(field, event);
      return event.defaultPrevented;
    };
    expect(paste(['text/html', 'text/plain', 'Files'], [notes])).toBe(false);
    expect(paste(['text/html'], [])).toBe(false);
    expect(paste(['Files'], [notes])).toBe(true);
    await screen.findByRole('button', removal);
  });

  it('of the largest size are taken by the wire, and not many bytes more', async () => {
    const [bob, alice] = [vectorUser('bob'), vectorUser('alice')];
    const file = new File([new Uint8Array(MOST_BYTES)], 'largest.bin', { type: 'application/octet-stream' });
    const content = await prepareAttachment(file);
    const senderKey = await privateKeyOf('alice');
    const body = await sealMessage(content, {
      from: alice.did,
      to: bob.did,
      receiverKey: bob.publicKey,
      senderKey,
    });
    const size = JSON.stringify(body).length;
    expect(size).toBeLessThan(MAX_PAYLOAD_BYTES);
    expect(size).toBeGreaterThan(MAX_PAYLOAD_BYTES * 0.9);
  });

  it('emoji go to where the caret is', async () => {
    show();
    const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
    await userEvent.type(field, 'ab');
    field.setSelectionRange(1, 1);
    await userEvent.click(screen.getByRole('button', { name: 'Emoji' }));
    await userEvent.click(await screen.findByRole('button', { name: '😀' }));
    await waitFor(() => expect(field).toHaveValue('a😀b'));
    expect(field).toHaveFocus();
    await userEvent.click(screen.getByRole('button', { name: 'Emoji' }));
    await screen.findByRole('group', { name: 'Emoji' });
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{Escape}');
    expect(screen.queryByRole('group', { name: 'Emoji' })).toBeNull();
    expect(field).toHaveFocus();
  });
});
