import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { custom } from 'viem';
import { mainnet } from 'viem/chains';
import { describe, expect, it, vi } from 'vitest';
import { createConfig, WagmiProvider } from 'wagmi';
import { connect, disconnect } from 'wagmi/actions';
import { mock } from 'wagmi/connectors';
import { useWagmiSigner } from '../../src/hooks/useWagmiSigner.ts';

const ADA = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';

function page() {
  const request = vi.fn(() => Promise.reject(new Error('no chain here')));
  const config = createConfig({
    chains: [mainnet],
    connectors: [mock({ accounts: [ADA] })],
    transports: { [mainnet.id]: custom({ request }) },
    storage: null,
  });
  const wrapper = ({ children }: { readonly children: ReactNode }): ReactNode => (
    <WagmiProvider config={config}>
      <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
    </WagmiProvider>
  );
  return { config, request, ...renderHook(useWagmiSigner, { wrapper }) };
}

describe('useWagmiSigner', () => {
  it('is the wallet while one is connected, asks it for nothing, and is none before and after', async () => {
    const { config, request, result } = page();
    expect(result.current).toBeUndefined();
    const [connector] = config.connectors;
    await act(() => connect(config, { connector }));
    await waitFor(() => expect(result.current).toBeDefined());
    expect(result.current).toMatchObject({ account: { address: ADA } });
    expect(request).not.toHaveBeenCalled();
    await act(() => disconnect(config));
    await waitFor(() => expect(result.current).toBeUndefined());
  });

  it('is the same object while nothing changes', async () => {
    const { config, result, rerender } = page();
    const [connector] = config.connectors;
    await act(() => connect(config, { connector }));
    await waitFor(() => expect(result.current).toBeDefined());
    const before = result.current;
    rerender();
    expect(result.current).toBe(before);
  });
});
