import { Wallet } from 'ethers';
import { describe, expect, it } from 'vitest';
import type { Eip1193Provider, Signer } from '../../src/client/signerAddress.ts';
import { adaptSigner } from '../../src/client/signer.ts';
import { DATA_TYPES } from '../../src/crypto/dataTypes.ts';
import { openKeyBundle, parseKeyBundle } from '../../src/crypto/keyBundle.ts';
import { vectorUser } from '../support/vectors.ts';

const { walletPrivateKey, address } = vectorUser('alice');
const wallet = new Wallet(walletPrivateKey);

/** A browser wallet over a real key: what a page sees of it is the EIP-1193 interface alone. */
const provider: Eip1193Provider = {
  request: async ({ method, params }) => {
    const [first, second] = (params ?? []) as [string, string];
    switch (method) {
      case 'eth_accounts':
        return [address.toLowerCase()];
      case 'personal_sign':
        expect(second.toLowerCase()).toBe(address.toLowerCase());
        return wallet.signMessage(Buffer.from(first.slice(2), 'hex').toString('utf8'));
      case 'eth_signTypedData_v4': {
        const { domain, types, message } = JSON.parse(second) as {
          domain: object;
          types: Record<string, unknown>;
          message: object;
        };
        expect(types['EIP712Domain']).toEqual([]);
        return wallet.signTypedData(domain, DATA_TYPES, message);
      }
      default:
        throw Object.assign(new Error('unknown method'), { code: -32601 });
    }
  },
};

const kinds: Record<string, () => Promise<Signer> | Signer> = {
  'ethers 6 wallet': () => wallet,
  'ethers 5 wallet': async () => new (await import('ethers5')).Wallet(walletPrivateKey),
  'viem local account': async () =>
    (await import('viem/accounts')).privateKeyToAccount(walletPrivateKey as `0x${string}`),
  'viem wallet client': async () => {
    const { createWalletClient, custom } = await import('viem');
    const { privateKeyToAccount } = await import('viem/accounts');
    return createWalletClient({
      account: privateKeyToAccount(walletPrivateKey as `0x${string}`),
      transport: custom(provider),
    });
  },
  'viem wallet client over a browser wallet': async () => {
    const { createWalletClient, custom } = await import('viem');
    return createWalletClient({ account: address as `0x${string}`, transport: custom(provider) });
  },
  'EIP-1193 provider': () => provider,
};

describe.each(Object.entries(kinds))('%s', (_, make) => {
  it('tells its address', async () => {
    expect((await adaptSigner(await make()).getAddress()).toLowerCase()).toBe(address.toLowerCase());
  });

  it('signs text as EIP-191, line ends and all', async () => {
    const text = 'Enable Push Profile \n☃';
    expect(await adaptSigner(await make()).signMessage(text)).toBe(await wallet.signMessage(text));
  });

  it('signs typed data as EIP-712 under an empty domain', async () => {
    const signed = await adaptSigner(await make()).signTypedData?.({}, 'some data');
    expect(signed).toBe(await wallet.signTypedData({}, DATA_TYPES, { data: 'some data' }));
  });
});

describe('legacy accounts', () => {
  it('opens a V1 account with a wallet that shows its key', async () => {
    const erin = vectorUser('erin');
    const opened = await openKeyBundle(
      parseKeyBundle(erin.creation.encryptedPrivateKey),
      adaptSigner(new Wallet(erin.walletPrivateKey)),
    );
    expect(opened).toBe(erin.privateKeyArmored);
  });
});

describe('refusals', () => {
  it.each([
    ['EIP-1193', { code: 4001 }],
    ['ethers', { code: 'ACTION_REJECTED' }],
    ['viem', { name: 'UserRejectedRequestError' }],
    ['nested', { code: -32603, cause: { code: 4001 } }],
    ['ethers, nested', { code: 'UNKNOWN_ERROR', info: { error: { code: 4001 } } }],
  ])('WA-01 names a declined prompt of %s', async (_, shape) => {
    const signer = {
      getAddress: () => Promise.resolve(address),
      signMessage: () => Promise.reject(Object.assign(new Error('no'), shape)),
    };
    await expect(adaptSigner(signer).signMessage('x')).rejects.toMatchObject({ code: 'WalletRejected' });
  });

  it('names any other failure of the wallet', async () => {
    const signer = {
      getAddress: () => Promise.resolve(address),
      signMessage: () => Promise.reject(new Error('locked')),
    };
    await expect(adaptSigner(signer).signMessage('x')).rejects.toMatchObject({ code: 'WalletUnsupported' });
  });

  it('refuses what is no signer', () => {
    expect(() => adaptSigner({} as Signer)).toThrow(expect.objectContaining({ code: 'WalletUnsupported' }) as Error);
    expect(() =>
      adaptSigner({ signMessage: () => Promise.resolve(''), signTypedData: () => Promise.resolve('') }),
    ).toThrow(/account/);
  });

  it('says that an unconnected browser wallet has to be connected', async () => {
    const unconnected = { request: () => Promise.resolve([]) };
    await expect(adaptSigner(unconnected).getAddress()).rejects.toMatchObject({ code: 'WalletUnsupported' });
  });
});

describe('whether a wallet has its key itself', () => {
  it('WA-07 is known of local keys only', async () => {
    const local = await Promise.all(
      Object.entries(kinds).map(async ([name, make]) => [name, adaptSigner(await make()).isLocal] as const),
    );
    expect(local.filter(([, isLocal]) => isLocal).map(([name]) => name)).toEqual([
      'ethers 6 wallet',
      'ethers 5 wallet',
      'viem local account',
    ]);
  });
});
