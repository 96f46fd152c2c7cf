import { act, cleanup, render, renderHook, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { directTransport } from '../../src/client/directTransport.ts';
import { WalletPicker } from '../../src/components/WalletPicker/WalletPicker.tsx';
import { PushChatProvider } from '../../src/hooks/PushChatProvider.tsx';
import { useSession } from '../../src/hooks/useSession.ts';
import { useWallets } from '../../src/hooks/wallets/useWallets.ts';
import { createTestWorld } from '../../src/testing/testWorld.ts';
import { announce, testProvider } from '../support/announce.ts';

const world = createTestWorld();
const ada = world.wallet('Ada');
const bob = world.wallet('Bob');
const transport = directTransport(world.node);
const METAL = { name: 'Metal', rdns: 'test.metal', icon: 'data:image/svg+xml,<svg/>' };
let forget: (() => void)[] = [];
const put = (...wallet: Parameters<typeof announce>): number => forget.push(announce(...wallet));

function Who(): ReactNode {
  const { session, unlock } = useSession();
  return (
    <button onClick={() => void unlock()}>
      {session.status} {'did' in session ? session.did : ''}
    </button>
  );
}

function Page(): ReactNode {
  const wallets = useWallets();
  return (
    <PushChatProvider signer={wallets.signer} transport={transport} keyType="curve25519">
      <WalletPicker {...wallets} />
      <Who />
    </PushChatProvider>
  );
}

beforeEach(() => {
  localStorage.clear();
});
afterEach(() => {
  cleanup();
  for (const each of forget) each();
  forget = [];
});

describe('WalletPicker', () => {
  it('connects the wallet that is chosen, which then opens the chat, and lets go of it', async () => {
    put(METAL, testProvider(ada));
    render(<Page />);
    await userEvent.click(screen.getByRole('button', { name: 'Metal' }));
    await userEvent.click(await screen.findByRole('button', { name: `locked eip155:${ada.address}` }));
    await screen.findByText(`ready eip155:${ada.address}`, { exact: false }, { timeout: 5000 });
    await userEvent.click(screen.getByRole('button', { name: 'Disconnect' }));
    expect(await screen.findByText('disconnected')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Metal' })).toBeInTheDocument();
  });

  it('says how to go on where the browser has none, and shows one that comes later', async () => {
    render(<Page />);
    expect(screen.getByText('No wallet found')).toBeInTheDocument();
    act(() => void put(METAL, testProvider(ada)));
    expect(await screen.findByRole('button', { name: 'Metal' })).toBeInTheDocument();
  });

  it('takes all of useWallets(), and puts none of it into the document', async () => {
    const warned = [vi.spyOn(console, 'warn').mockReturnValue(), vi.spyOn(console, 'error').mockReturnValue()];
    put(METAL, testProvider(ada));
    render(<Page />);
    await userEvent.click(screen.getByRole('button', { name: 'Metal' }));
    await screen.findByRole('button', { name: 'Disconnect' });
    expect(warned.flatMap(({ mock }) => mock.calls)).toEqual([]);
    expect(screen.getByRole('group', { name: 'Choose a wallet' })).not.toHaveAttribute('signer');
    for (const spy of warned) spy.mockRestore();
  });

  it('tells a refusal, and can be chosen again', async () => {
    put(METAL, testProvider(ada, { refuse: true }));
    render(<Page />);
    await userEvent.click(screen.getByRole('button', { name: 'Metal' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Metal was not connected. Choose it again when ready.');
    expect(screen.getByRole('button', { name: 'Metal' })).toBeEnabled();
  });

  it('connects the one of last time again without a prompt, until it is let go', async () => {
    const provider = testProvider(ada);
    put(METAL, provider);
    const first = render(<Page />);
    await userEvent.click(screen.getByRole('button', { name: 'Metal' }));
    await screen.findByRole('button', { name: 'Disconnect' });
    first.unmount();

    const request = vi.spyOn(provider, 'request');
    const second = render(<Page />);
    await userEvent.click(await screen.findByRole('button', { name: 'Disconnect' }));
    expect(request.mock.calls.map(([{ method }]) => method)).not.toContain('eth_requestAccounts');
    second.unmount();

    render(<Page />);
    expect(screen.queryByRole('button', { name: 'Disconnect' })).not.toBeInTheDocument();
  });

  it('stays disconnected when a slow wallet answers after it was let go', async () => {
    localStorage.setItem('push-chat-kit:wallet', METAL.rdns);
    let answer: (accounts: readonly string[]) => void = () => undefined;
    const answered = new Promise<readonly string[]>((resolve) => (answer = resolve));
    put(METAL, { request: () => answered });
    const { result } = renderHook(useWallets);
    await act(async () => {
      result.current.disconnect();
      answer([ada.address]);
      await answered;
    });
    expect(result.current.connection.status).toBe('none');
  });

  it('follows the wallet to another account, and is nobody’s when the wallet disconnects the page', async () => {
    const provider = testProvider(ada);
    put(METAL, provider);
    render(<Page />);
    await userEvent.click(screen.getByRole('button', { name: 'Metal' }));
    await screen.findByText(`locked eip155:${ada.address}`);
    act(() => {
      provider.switchTo([bob.address]);
    });
    await screen.findByText(`locked eip155:${bob.address}`);
    act(() => {
      provider.switchTo([]);
    });
    await waitFor(() => expect(screen.getByText('disconnected')).toBeInTheDocument());
  });

  it('UI-05 UI-08 shows what a hostile extension announces as inert text, and loads nothing of it', () => {
    put({ name: 'Gold\u202e<b>', rdns: 'test.gold', icon: 'https://evil.example/pixel.png' }, testProvider(ada));
    put({ name: {}, rdns: 'test.none', icon: METAL.icon }, testProvider(ada));
    put({ name: 'No provider', rdns: 'test.none', icon: METAL.icon }, null);
    put(METAL, testProvider(ada));
    put({ ...METAL, name: 'Another metal' }, testProvider(bob));
    const { container } = render(<Page />);
    const names = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(names).toEqual(['Gold<b>', 'Metal']);
    expect(Array.from(container.querySelectorAll('img'), ({ src }) => src)).toEqual([METAL.icon]);
  });
});
