import type { Names } from './NamesProvider.tsx';

/** What is asked of a provider of ethers 6, such as `new JsonRpcProvider(url)` for Ethereum's main network. */
export interface EnsProvider {
  lookupAddress(address: string): Promise<string | null>;
  resolveName(name: string): Promise<string | null>;
  getAvatar?(name: string): Promise<string | null>;
}

export interface EnsOptions {
  /**
   * Whether pictures are shown. Their addresses are chosen by whoever owns the name, and each user's browser calls them.
   * @default false
   */
  readonly avatars?: boolean;
}

/**
 * Names of ENS (EIP-137, EIP-181) for `NamesProvider`, which shows them only where they lead back to the address and asks
 * once for each account. Names are normalised by the provider (ENSIP-15); what it refuses is no name.
 * @example <NamesProvider names={ensNames(new JsonRpcProvider('https://rpc.example'))}>
 */
export function ensNames(provider: EnsProvider, { avatars = false }: EnsOptions = {}): Names {
  const nameOf = (address: string): Promise<string | null> => provider.lookupAddress(address);
  return {
    nameOf,
    // Without a dot it is none, and need not be asked for.
    addressOf: async (name) => (name.includes('.') ? provider.resolveName(name).catch(() => null) : null),
    ...(avatars && {
      avatarOf: async (address) => {
        const name = await nameOf(address);
        return name === null ? null : ((await provider.getAvatar?.(name)) ?? null);
      },
    }),
  };
}
