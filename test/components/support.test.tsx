import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import { memoryStorage } from '../../src/client/storage/memoryStorage.ts';
import { ChatLauncher, type ChatLauncherProps } from '../../src/components/ChatLauncher/ChatLauncher.tsx';
import { closedUntil, type SupportHours } from '../../src/components/ChatLauncher/supportHours.ts';
import type { SupportOptions } from '../../src/components/ChatLauncher/SupportWindow.tsx';
import { NamesProvider, type Names } from '../../src/components/people/NamesProvider.tsx';
import { readGuestClaim } from '../../src/protocol/guestClaim.ts';
import { createTestWorld, type TestWorld, type TestUser } from '../../src/testing/testWorld.ts';
import { renderWith } from './support/renderWith.tsx';

const ZURICH: SupportHours = { timeZone: 'Europe/Zurich', from: '09:00', to: '17:30' };
const at = (text: string): number => Date.parse(text);
const until = (hours: SupportHours, now: string): string | undefined => {
  const back = closedUntil(hours, at(now));
  return back === undefined ? undefined : new Date(back).toISOString();
};

describe('hours of a support desk', () => {
  it.each<[string, string | undefined]>([
    ['2026-11-23T08:00:00Z', undefined],
    ['2026-11-23T16:29:00Z', undefined],
    ['2026-11-23T07:59:00Z', '2026-11-23T08:00:00.000Z'],
    ['2026-11-23T16:30:00Z', '2026-11-24T08:00:00.000Z'],
    ['2026-11-20T16:30:00Z', '2026-11-23T08:00:00.000Z'],
    // Clocks change between Friday and Monday: summer time ends on 25 October 2026.
    ['2026-10-23T16:00:00Z', '2026-10-26T08:00:00.000Z'],
    ['2026-10-23T06:00:00Z', '2026-10-23T07:00:00.000Z'],
  ])('at %s: back at %s', (now, back) => {
    expect(until(ZURICH, now)).toBe(back);
  });

  it('may go past midnight, and hold on single days', () => {
    const night: SupportHours = { timeZone: 'UTC', days: [5], from: '22:00', to: '02:00' };
    expect(until(night, '2026-11-21T01:59:00Z')).toBeUndefined();
    expect(until(night, '2026-11-21T02:00:00Z')).toBe('2026-11-27T22:00:00.000Z');
    expect(until({ ...night, days: [] }, '2026-11-21T02:00:00Z')).toBeUndefined();
  });
});

describe('a guest', () => {
  let world: TestWorld;
  let agent: TestUser;
  beforeEach(async () => {
    world = createTestWorld();
    agent = await world.join('Agent');
  });
  afterEach(() => world.close());

  const visit = (support: SupportOptions) => {
    const client = createPushChat({ node: world.node, keyType: 'curve25519' });
    const view = renderWith(client, <ChatLauncher peer={agent.did} support={support} defaultOpen />);
    return { client, ...view };
  };
  const words = (client: TestUser['client']): unknown[] =>
    Object.values(client.store.get().requests.items).map(({ last }) => last && 'content' in last && last.content);

  it('writes without a wallet, is back with the next page, and hands over to a wallet that says so', async () => {
    const storage = memoryStorage();
    const support = { guest: true, guestStorage: storage, intro: 'Have your order at hand.' };
    const first = visit(support);
    expect(await screen.findByText('Have your order at hand.')).toBeInTheDocument();
    await userEvent.click(await screen.findByRole('button', { name: 'Write as a guest' }));
    await userEvent.type(await screen.findByRole('textbox'), 'Where is my order?{Enter}');
    await expect.poll(() => words(agent.client)).toEqual([{ type: 'Text', content: 'Where is my order?' }]);
    expect(screen.getByText('You write as a guest')).toBeInTheDocument();
    const { session } = first.client.store.get();
    first.unmount();
    first.client.close();

    const wallet = world.wallet('Visitor');
    const second = visit({ ...support, connect: () => Promise.resolve(wallet) });
    expect(await screen.findByText('You write as a guest')).toBeInTheDocument();
    expect(second.client.store.get().session).toMatchObject('did' in session ? { did: session.did } : {});
    await userEvent.click(await screen.findByRole('button', { name: 'Link my wallet' }));
    await expect
      .poll(() => second.client.store.get().session)
      .toMatchObject({ status: 'locked', did: `eip155:${wallet.address}` });
    const [claim] = words(agent.client) as [{ readonly content: string }];
    expect(readGuestClaim(claim.content)).toEqual({
      guest: 'did' in session ? session.did.slice('eip155:'.length) : '',
      wallet: wallet.address,
    });
    second.client.close();
  });

  it('is none unless asked for, and where a wallet is connected', async () => {
    visit({ guestStorage: memoryStorage() });
    expect(await screen.findByText('No wallet connected')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Write as a guest' })).toBeNull();
  });

  it('is offered where messages will stand, with the wallet as the other way', async () => {
    visit({ guest: true, guestStorage: memoryStorage() });
    expect(await screen.findByRole('button', { name: 'Write as a guest' })).toBeInTheDocument();
    expect(screen.getByText('No wallet needed')).toBeInTheDocument();
    expect(screen.getByText(/^Or connect your wallet/)).toBeInTheDocument();
    expect(screen.queryByText('No wallet connected')).not.toBeInTheDocument();
  });
});

describe('the name of a support desk', () => {
  let world: TestWorld;
  let agent: TestUser;
  beforeEach(async () => {
    world = createTestWorld();
    agent = await world.join('Agent');
  });
  afterEach(() => world.close());

  const open = (launcher: Pick<ChatLauncherProps, 'label' | 'support'>, names: Names = {}) => {
    const client = createPushChat({ node: world.node, keyType: 'curve25519' });
    onTestFinished(client.close);
    renderWith(
      client,
      <NamesProvider names={names}>
        <ChatLauncher peer={agent.did} {...launcher} defaultOpen />
      </NamesProvider>,
    );
  };
  const header = async (): Promise<HTMLElement | null> => (await screen.findByTitle(agent.did)).parentElement;

  it('is the label, above the address', async () => {
    open({ label: 'Support', support: {} });
    expect(await header()).toHaveTextContent(/^Support0x/);
  });

  it('is the verified name where there is one', async () => {
    open(
      { label: 'Support', support: {} },
      { nameOf: () => Promise.resolve('shop.eth'), addressOf: () => Promise.resolve(agent.wallet.address) },
    );
    await waitFor(async () => expect(await header()).toHaveTextContent(/^shop\.eth/));
  });

  it('does not make the label the name of an account outside of support', async () => {
    open({ label: 'Support' });
    expect(await header()).not.toHaveTextContent('Support');
  });
});
