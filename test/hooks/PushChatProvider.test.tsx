import type { Wallet } from 'ethers';
import { act, render, renderHook, screen, waitFor } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { directTransport } from '../../src/client/directTransport.ts';
import type { Transport } from '../../src/client/transport.ts';
import { PushChatProvider } from '../../src/hooks/PushChatProvider.tsx';
import { usePushChat } from '../../src/hooks/usePushChat.ts';
import { useSession } from '../../src/hooks/useSession.ts';
import { useThread } from '../../src/hooks/useThread.ts';
import { createTestWorld, type TestWorld } from '../../src/testing/testWorld.ts';
import { ready, stateClient } from '../components/support/stateClient.ts';

let world: TestWorld | undefined;
afterEach(() => {
  vi.restoreAllMocks();
  world?.close();
  world = undefined;
});

/** How many subscriptions there are at a time, how many there were, and what was asked for. */
function counted(transport: Transport) {
  const count = { live: 0, subscribed: 0, asked: [] as string[] };
  const counting: Transport = {
    request: (route, body) => {
      count.asked.push(`${route.method} ${route.path}`);
      return transport.request(route, body);
    },
    subscribe: (did, listener) => {
      count.live += 1;
      count.subscribed += 1;
      const stop = transport.subscribe(did, listener);
      return () => {
        count.live -= 1;
        stop();
      };
    },
  };
  return { count, counting };
}

describe('PushChatProvider', () => {
  it('ST-05 StrictMode runs its effect twice, and one start remains; unmounting ends it', () => {
    let live = 0;
    const client = stateClient(
      {},
      {
        start: () => {
          live += 1;
          return () => {
            live -= 1;
          };
        },
      },
    );
    const { unmount } = render(<PushChatProvider client={client} />, { wrapper: StrictMode });
    expect(live).toBe(1);
    unmount();
    expect(live).toBe(0);
  });

  it('ST-05 two widgets in StrictMode share one subscription and one reading of the thread, over a remount too', async () => {
    world = createTestWorld();
    const { wallet } = world;
    const { did: bob } = await world.join('Bob');
    const { count, counting } = counted(directTransport(world.node));
    const signer = wallet('Alice');
    let unlock = (): Promise<void> => Promise.resolve();
    const Widget = (): ReactNode => {
      ({ unlock } = useSession());
      return <p>{useThread(bob).thread?.loading.status ?? 'none'}</p>;
    };
    const App = ({ shown }: { readonly shown: boolean }): ReactNode => (
      <StrictMode>
        <PushChatProvider signer={signer} transport={counting}>
          {shown && <Widget />}
          <Widget key="other" />
        </PushChatProvider>
      </StrictMode>
    );
    const { rerender, unmount } = render(<App shown={true} />);
    await act(() => unlock());
    await waitFor(() => expect(screen.getAllByText('loaded')).toHaveLength(2));
    const readings = (): number => count.asked.filter((route) => /^GET .*\/chat\/users\/.+\/chat\//.test(route)).length;
    const { length: before } = count.asked;
    expect(readings()).toBe(1);
    rerender(<App shown={false} />);
    rerender(<App shown={true} />);
    await waitFor(() => expect(screen.getAllByText('loaded')).toHaveLength(2));
    expect(count.asked).toHaveLength(before);
    expect(count).toMatchObject({ live: 1, subscribed: 1 });
    unmount();
    await waitFor(() => expect(count.live).toBe(0));
  });

  it('draws its children at once, without a wallet', () => {
    const Status = (): ReactNode => useSession().session.status;
    render(
      <PushChatProvider signer={undefined} env="prod">
        <Status />
      </PushChatProvider>,
    );
    expect(screen.getByText('disconnected')).toBeInTheDocument();
  });

  it('keeps its session for another signer object of the same account, and locks for another account', async () => {
    world = createTestWorld();
    const { node, wallet } = world;
    let signer: Wallet | undefined = wallet('Alice');
    const { result, rerender } = renderHook(() => ({ client: usePushChat(), ...useSession() }), {
      wrapper: ({ children }) => (
        <PushChatProvider signer={signer} node={node}>
          {children}
        </PushChatProvider>
      ),
    });
    const { client } = result.current;
    await act(() => result.current.unlock());
    expect(result.current.session.status).toBe('ready');
    signer = wallet('Alice');
    rerender();
    expect(result.current.session.status).toBe('ready');
    signer = wallet('Bob');
    rerender();
    await waitFor(() => expect(result.current.session.status).toBe('locked'));
    signer = undefined;
    rerender();
    await waitFor(() => expect(result.current.session.status).toBe('disconnected'));
    expect(result.current.client).toBe(client);
  });

  it('nests: the nearest client counts', () => {
    const [outer, inner] = [stateClient(), stateClient(ready)];
    const Status = (): ReactNode => <p>{useSession().session.status}</p>;
    render(
      <PushChatProvider client={outer}>
        <Status />
        <PushChatProvider client={inner}>
          <Status />
        </PushChatProvider>
      </PushChatProvider>,
    );
    expect(screen.getAllByText(/./).map(({ textContent }) => textContent)).toEqual(['disconnected', 'ready']);
  });

  it('says the fix where there is no provider, and where there is no node', () => {
    vi.spyOn(console, 'error').mockReturnValue();
    expect(() => renderHook(usePushChat)).toThrow(
      expect.objectContaining({ code: 'InvalidConfig', message: expect.stringContaining('<PushChatProvider>') }),
    );
    expect(() => render(<PushChatProvider />)).toThrow(expect.objectContaining({ code: 'InvalidConfig' }));
  });

  it('follows a bare wallet to another account, and locks before anything is sent as somebody else', async () => {
    world = createTestWorld();
    const listeners = new Set<() => void>();
    let wallet: Wallet | undefined;
    const provider = {
      request: ({ method, params }: { method: string; params?: unknown }) => {
        if (method === 'eth_accounts') return Promise.resolve(wallet ? [wallet.address] : []);
        const [hex] = params as [string];
        return wallet ? wallet.signMessage(Buffer.from(hex.slice(2), 'hex')) : Promise.reject(new Error(method));
      },
      on: (_: string, listener: () => void) => listeners.add(listener),
      removeListener: (_: string, listener: () => void) => listeners.delete(listener),
    };
    const goOnTo = (next: Wallet | undefined): void => {
      wallet = next;
      act(() => {
        for (const listener of listeners) listener();
      });
    };
    const { node } = world;
    const { result, unmount } = renderHook(() => ({ ...useSession(), client: usePushChat() }), {
      wrapper: ({ children }: { children?: ReactNode }) => (
        <PushChatProvider signer={provider} node={node} keyType="curve25519" requireGesture={false}>
          {children}
        </PushChatProvider>
      ),
    });
    await waitFor(() => expect(result.current.session.status).toBe('disconnected'));
    const [ada, bob] = [world.wallet('Ada'), world.wallet('Bob')];
    goOnTo(ada);
    await waitFor(() =>
      expect(result.current.session).toMatchObject({ status: 'locked', did: `eip155:${ada.address}` }),
    );
    await act(() => result.current.client.unlock());
    expect(result.current.session.status).toBe('ready');
    goOnTo(bob);
    await waitFor(() =>
      expect(result.current.session).toMatchObject({ status: 'locked', did: `eip155:${bob.address}` }),
    );
    goOnTo(undefined);
    await waitFor(() => expect(result.current.session.status).toBe('disconnected'));
    unmount();
    expect(listeners.size).toBe(0);
  });
});
