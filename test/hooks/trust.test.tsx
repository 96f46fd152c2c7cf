import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import type { Identity, OpenedItem } from '../../src/client/state.ts';
import { PushChatProvider } from '../../src/hooks/PushChatProvider.tsx';
import { useSafetyNumber } from '../../src/hooks/useSafetyNumber.ts';
import { useThreadNotices } from '../../src/hooks/useThreadNotices.ts';
import { useVerification } from '../../src/hooks/useVerification.ts';
import type { PortableProof } from '../../src/protocol/portableProof.ts';
import { MAYA, ME } from '../components/support/people.ts';
import { ready, stateClient, withThread, type StateClient } from '../components/support/stateClient.ts';

const inside =
  (client: StateClient) =>
  ({ children }: { readonly children: ReactNode }): ReactNode => (
    <PushChatProvider client={client}>{children}</PushChatProvider>
  );

const identity = (fingerprint: string, changes: Partial<Identity> = {}): Identity => ({
  fingerprint,
  created: 1,
  attestedBy: 'eip191v2',
  earlier: [],
  compared: false,
  change: null,
  needsConsent: false,
  ...changes,
});

const item = (id: string, timestamp: number, link: string | null): OpenedItem => ({
  id,
  from: 'peer',
  timestamp,
  link,
  state: 'verified',
  content: { type: 'Text', content: id },
  encrypted: true,
  verification: {
    signer: MAYA,
    key: { fingerprint: 'bb', level: 'verified', attestedBy: 'eip191v2', earlier: false },
    scheme: 'pgpv3',
    covers: ['messageObj'],
    signedAt: timestamp,
    failed: null,
  },
});

describe('useSafetyNumber', () => {
  it('has the number once both keys are known, and another for another key', () => {
    const client = stateClient({ ...ready, identities: { [ME]: identity('aa') } });
    const { result } = renderHook(() => useSafetyNumber(MAYA), { wrapper: inside(client) });
    expect(result.current.number).toBeUndefined();
    const know = (fingerprint: string): void =>
      act(() =>
        client.store.set({
          ...client.store.get(),
          identities: { [ME]: identity('aa'), [MAYA]: identity(fingerprint, { needsConsent: true }) },
        }),
      );
    know('bb');
    const { number } = result.current;
    expect(number).toMatch(/^\d{60}$/);
    expect(result.current.identity?.needsConsent).toBe(true);
    know('cc');
    expect(result.current.number).not.toBe(number);
  });

  it('notes what the user decides', async () => {
    const client = stateClient({ ...ready, identities: { [ME]: identity('aa'), [MAYA]: identity('bb') } });
    const { result } = renderHook(() => useSafetyNumber(MAYA), { wrapper: inside(client) });
    await act(async () => {
      await result.current.markVerified();
      await result.current.acceptKeyChange();
    });
    expect(client.calls).toEqual(
      expect.arrayContaining([
        ['markVerified', MAYA],
        ['acceptKeyChange', MAYA],
      ]),
    );
  });
});

describe('useThreadNotices', () => {
  it('KI-08 CH-05 places a change of the key and what is missing, and stays the same while nothing changes', () => {
    const items = [item('a', 10, null), item('c', 30, 'b')];
    const change = { from: 'aa', to: 'bb', at: 20 };
    const client = stateClient({
      ...withThread({ items, head: 'c' }),
      identities: { [MAYA]: identity('bb', { change }) },
    });
    const { result } = renderHook(() => useThreadNotices(MAYA), { wrapper: inside(client) });
    expect(result.current).toEqual([
      { id: 'HistoryGap:c', code: 'HistoryGap', before: 'c' },
      { id: 'KeyChanged:bb', code: 'KeyChanged', before: 'c', change },
    ]);
    const before = result.current;
    act(() => client.store.set({ ...client.store.get(), connection: 'offline' }));
    expect(result.current).toBe(before);
  });

  it('says nothing of a thread that was not read, and of what is no account', () => {
    const client = stateClient(withThread({ items: [item('c', 30, 'b')], head: null }));
    for (const peer of [MAYA, 'nobody']) {
      const { result } = renderHook(() => useThreadNotices(peer), { wrapper: inside(client) });
      expect(result.current).toEqual([]);
    }
  });
});

describe('useVerification', () => {
  it('says how a message was judged and who signed it, and exports its proof', async () => {
    const proof = { format: 'push-chat-proof/1' } as PortableProof;
    const client = stateClient(
      { ...ready, identities: { [MAYA]: identity('bb') } },
      { exportProof: (id) => (id === 'a' ? Promise.resolve(proof) : Promise.reject(new TypeError(id))) },
    );
    const { result } = renderHook(() => useVerification(item('a', 10, null)), { wrapper: inside(client) });
    expect(result.current.verification).toMatchObject({ scheme: 'pgpv3', failed: null });
    expect(result.current.signer?.fingerprint).toBe('bb');
    let exported: PortableProof | undefined;
    await act(async () => {
      exported = await result.current.exportProof();
    });
    expect(exported).toBe(proof);
    expect(result.current.exportState.status).toBe('done');
  });
});
