import { act, renderHook } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { PushChatProvider } from '../../src/hooks/PushChatProvider.tsx';
import { useProfile } from '../../src/hooks/useProfile.ts';
import { useRequestActions } from '../../src/hooks/useRequestActions.ts';
import { useThread } from '../../src/hooks/useThread.ts';
import { MAYA, ME } from '../components/support/people.ts';
import { ready, stateClient, withThread, type StateClient } from '../components/support/stateClient.ts';

const inside =
  (client: StateClient) =>
  ({ children }: { readonly children: ReactNode }): ReactNode => (
    <StrictMode>
      <PushChatProvider client={client}>{children}</PushChatProvider>
    </StrictMode>
  );

const called = ({ calls }: StateClient, command: string): number => calls.filter(([name]) => name === command).length;

describe('useThread', () => {
  it('opens the thread when the session becomes ready, and not before', () => {
    const client = stateClient({ session: { status: 'locked', did: ME } });
    renderHook(() => useThread(MAYA), { wrapper: inside(client) });
    expect(called(client, 'followThread')).toBe(0);
    act(() => client.store.set({ ...client.store.get(), ...ready }));
    expect(client.calls).toContainEqual(['followThread', MAYA]);
  });

  it('finds the thread of a peer in any spelling', () => {
    const client = stateClient(withThread());
    const address = MAYA.slice('eip155:'.length);
    for (const peer of [MAYA, address, address.toLowerCase(), `eip155:1:${address}`]) {
      const { result } = renderHook(() => useThread(peer), { wrapper: inside(client) });
      expect(result.current.thread?.peer).toBe(MAYA);
    }
  });

  it('has no thread for what is no account, and asks for none', () => {
    const client = stateClient(ready);
    const { result } = renderHook(() => useThread('javascript:alert(1)'), { wrapper: inside(client) });
    expect(result.current.thread).toBeUndefined();
    expect(called(client, 'followThread')).toBe(0);
  });

  it('ST-06 leaves each thread that it shows no more, and follows one at a time', () => {
    const client = stateClient(ready);
    const { rerender, unmount } = renderHook(({ peer }) => useThread(peer), {
      wrapper: inside(client),
      initialProps: { peer: MAYA },
    });
    for (let i = 0; i < 50; i += 1) {
      rerender({ peer: ME });
      rerender({ peer: MAYA });
    }
    const followed = (): number => called(client, 'followThread') - called(client, 'leaveThread');
    expect(followed()).toBe(1);
    expect(client.calls.findLast(([name]) => name === 'followThread')).toEqual(['followThread', MAYA]);
    unmount();
    expect(followed()).toBe(0);
  });
});

describe('useProfile', () => {
  it('asks once for a profile that is not here, when the session is ready', () => {
    const client = stateClient(ready);
    const { result } = renderHook(() => useProfile(MAYA), { wrapper: inside(client) });
    expect(client.calls).toContainEqual(['getProfile', MAYA]);
    const profile = { did: MAYA, name: 'Maya', about: null, picture: null, key: 'verified', blocked: [] } as const;
    act(() => client.store.set({ ...client.store.get(), profiles: { [MAYA]: profile } }));
    expect(result.current).toBe(profile);
  });
});

describe('useRequestActions', () => {
  it('takes one decision at a time and says which', async () => {
    let accept = (): void => undefined;
    const client = stateClient(ready, { acceptRequest: () => new Promise((resolve) => (accept = resolve)) });
    const { result } = renderHook(() => useRequestActions(MAYA), { wrapper: inside(client) });
    act(() => {
      void result.current.accept();
      void result.current.block();
    });
    expect(result.current.pending).toBe('accept');
    expect(called(client, 'blockUser')).toBe(0);
    await act(async () => {
      accept();
      await Promise.resolve();
    });
    expect(result.current.pending).toBeNull();
    await act(() => result.current.block());
    expect(client.calls).toContainEqual(['blockUser', MAYA]);
  });
});
