import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { ChatInbox } from '../../src/components/ChatInbox/ChatInbox.tsx';
import { ensNames } from '../../src/components/people/ensNames.ts';
import { NamesProvider, type Names } from '../../src/components/people/NamesProvider.tsx';
import { lookalikeOf } from '../../src/components/shared/lookalike.ts';
import { parseDid } from '../../src/protocol/did.ts';
import { opened } from './support/items.ts';
import { MAYA, ME, NORA } from './support/people.ts';
import { expectAccessible, renderWith } from './support/renderWith.tsx';
import { loadedList, ready, stateClient, withThread } from './support/stateClient.ts';

const addressOf = (did: string): string => did.slice('eip155:'.length);
/** Another account with the same first and last digits as Maya's. */
const FALSE_MAYA = parseDid(
  `${addressOf(MAYA).slice(0, 6)}${'0'.repeat(32)}${addressOf(MAYA).slice(-4)}`.toLowerCase(),
);
const row = (peer: typeof MAYA, words: string) => ({
  peer,
  chatId: peer,
  timestamp: 1,
  unread: 0,
  last: opened(words),
});

function show(names?: Names, more: object = {}) {
  const client = stateClient({
    ...withThread(),
    chats: loadedList([row(MAYA, 'The blue print'), row(NORA, 'See you at eight')]),
    ...more,
  });
  const inbox = <ChatInbox />;
  return { client, ...renderWith(client, names ? <NamesProvider names={names}>{inbox}</NamesProvider> : inbox) };
}
const find = async (text: string): Promise<void> => {
  await userEvent.click(screen.getByRole('button', { name: 'New chat' }));
  await userEvent.type(screen.getByRole('textbox'), `${text}{Enter}`);
};

describe('names of ENS', () => {
  const known: Readonly<Record<string, string>> = { 'maya.eth': addressOf(MAYA), 'nora.eth': addressOf(MAYA) };
  const provider = {
    lookupAddress: vi.fn((address: string) =>
      Promise.resolve(address === addressOf(MAYA) ? 'maya.eth' : address === addressOf(NORA) ? 'nora.eth' : null),
    ),
    resolveName: vi.fn((name: string) =>
      name === 'b\u0000d.eth' ? Promise.reject(new Error('invalid name')) : Promise.resolve(known[name] ?? null),
    ),
    getAvatar: vi.fn((name: string) => Promise.resolve(`https://${name}/picture`)),
  };

  it('are shown where they lead back to the address, and each is asked for once', async () => {
    show(ensNames(provider));
    expect(await screen.findByText('maya.eth')).toBeInTheDocument();
    expect(screen.queryByText('nora.eth')).toBeNull();
    expect(provider.lookupAddress.mock.calls.filter(([address]) => address === addressOf(MAYA))).toHaveLength(1);
    expect(provider.getAvatar).not.toHaveBeenCalled();
  });

  it('find addresses; what is no name is nobody, without a question', async () => {
    const { addressOf: find, avatarOf } = ensNames(provider, { avatars: true });
    expect(await find?.('maya.eth')).toBe(addressOf(MAYA));
    expect(await find?.('b\u0000d.eth')).toBeNull();
    provider.resolveName.mockClear();
    expect(await find?.('maya')).toBeNull();
    expect(provider.resolveName).not.toHaveBeenCalled();
    expect(await avatarOf?.(addressOf(MAYA))).toBe('https://maya.eth/picture');
    expect(await avatarOf?.(addressOf(ME))).toBeNull();
  });
});

describe('starting a chat', () => {
  it('with an address: it is shown whole before the chat is opened', async () => {
    const { container } = show();
    await find(addressOf(NORA));
    expect(await screen.findByText(addressOf(NORA))).toBeInTheDocument();
    await expectAccessible(container);
    await userEvent.click(screen.getByRole('button', { name: 'Start chat' }));
    expect(await screen.findByRole('log')).toHaveAccessibleName(/^Messages with 0x/);
  });

  it.each([
    ['0x12', 'This is no address.'],
    [addressOf(ME), 'This is your own account.'],
    ['maya.eth', 'This is no address.'],
  ])('%s is refused with why', async (text, why) => {
    show();
    await find(text);
    expect(await screen.findByText(why, { exact: false })).toBeInTheDocument();
  });

  it('with a name, where the host can look it up', async () => {
    const lookUp = vi.fn((name: string) => Promise.resolve(name === 'nora.eth' ? addressOf(NORA) : null));
    show({ addressOf: lookUp });
    await find('nobody.eth');
    expect(await screen.findByText('No account has this name.')).toBeInTheDocument();
    await userEvent.clear(screen.getByRole('textbox'));
    await userEvent.type(screen.getByRole('textbox'), 'nora.eth{Enter}');
    expect(await screen.findByText(addressOf(NORA))).toBeInTheDocument();
  });

  it('UI-09 warns of an address that could be taken for that of a contact', async () => {
    show();
    await find(addressOf(FALSE_MAYA));
    expect(await screen.findByRole('note')).toHaveTextContent('This address looks like that of');
    expect(lookalikeOf(MAYA, [MAYA, NORA])).toBeUndefined();
    expect(lookalikeOf(FALSE_MAYA, [NORA, MAYA])).toBe(MAYA);
  });
});

describe('UI-09 names of the host', () => {
  const claims = (back: string | null): Names => ({
    nameOf: (address) => Promise.resolve(address.toLowerCase() === addressOf(MAYA).toLowerCase() ? 'maya.eth' : null),
    addressOf: () => Promise.resolve(back),
  });

  it('are shown where they lead back to the address', async () => {
    show(claims(addressOf(MAYA)));
    expect(await screen.findByText('maya.eth')).toBeInTheDocument();
  });

  it.each([
    ['another address', claims(addressOf(NORA))],
    ['none', claims(null)],
    ['no way back', { nameOf: () => Promise.resolve('maya.eth') }],
    ['an error', { nameOf: () => Promise.reject(new Error('down')), addressOf: () => Promise.resolve(null) }],
  ])('are not shown with %s', async (_, names: Names) => {
    show(names);
    await waitFor(() => expect(screen.getAllByText(/^0x8f3C…/)).not.toHaveLength(0));
    expect(screen.queryByText('maya.eth')).toBeNull();
  });
});

describe('the inbox', () => {
  it('finds chats by name, address and newest message', async () => {
    show();
    const search = screen.getByRole('searchbox', { name: 'Search people and messages' });
    const seen = () => ['The blue print', 'See you at eight'].filter((words) => screen.queryByText(words));
    await userEvent.type(search, 'BLUE');
    expect(seen()).toEqual(['The blue print']);
    await userEvent.clear(search);
    await userEvent.type(search, addressOf(NORA).slice(0, 9));
    expect(seen()).toEqual(['See you at eight']);
    await userEvent.type(search, 'zzz');
    expect(screen.getByText('Nothing found')).toBeInTheDocument();
  });

  it('names drafts', () => {
    const { client } = show();
    client.setDraft(MAYA, 'Half a thought');
    return waitFor(() => expect(screen.getByText('Draft')).toBeInTheDocument());
  });

  it('lists who is blocked, by address, with the way back', async () => {
    const { client, container } = show(undefined, { blocked: [NORA] });
    await userEvent.click(screen.getByRole('button', { name: 'Account options' }));
    await userEvent.click(screen.getByRole('menuitem', { name: 'Blocked accounts' }));
    await expectAccessible(container);
    await userEvent.click(screen.getByRole('button', { name: /^Unblock 0x/ }));
    expect(client.calls).toContainEqual(['unblockUser', NORA]);
    await userEvent.keyboard('{Escape}');
    expect(screen.getByRole('tablist')).toBeInTheDocument();
  });

  it('locks at once, and logs out only after it said what is lost', async () => {
    const { client } = show();
    await userEvent.click(screen.getByRole('button', { name: 'Account options' }));
    await userEvent.click(screen.getByRole('menuitem', { name: 'Lock' }));
    expect(client.calls).toContainEqual(['lock']);
    await userEvent.click(screen.getByRole('button', { name: 'Account options' }));
    await userEvent.click(screen.getByRole('menuitem', { name: 'Log out' }));
    expect(client.calls).not.toContainEqual(['logout']);
    await userEvent.click(screen.getByRole('button', { name: 'Log out' }));
    expect(client.calls).toContainEqual(['logout']);
  });

  it('offers a first chat where there is none', async () => {
    renderWith(stateClient({ ...ready, chats: loadedList() }), <ChatInbox />);
    await userEvent.click(screen.getByText('New chat'));
    expect(screen.getByRole('dialog', { name: 'New chat' })).toBeInTheDocument();
  });
});
