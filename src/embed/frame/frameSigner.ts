import type { EthersSigner } from '../../client/signerAddress.ts';
import { PushChatError } from '../../errors.ts';
import type { WalletRequest } from './frameMessages.ts';

interface Waiting {
  readonly resolve: (signature: string) => void;
  readonly reject: (error: PushChatError) => void;
}

/** The host's wallet, as the chat in the frame sees it. */
export interface FrameWallet {
  readonly signerOf: (address: string) => EthersSigner;
  readonly answer: (id: number, signature: unknown) => void;
  readonly refuse: (id: number, rejected: boolean) => void;
}

/** @param ask passes a request to the host */
export function frameWallet(ask: (id: number, request: WalletRequest) => void): FrameWallet {
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  const signed = (request: WalletRequest): Promise<string> =>
    new Promise((resolve, reject) => {
      asked += 1;
      waiting.set(asked, { resolve, reject });
      ask(asked, request);
    });
  const take = (id: number): Waiting | undefined => {
    const one = waiting.get(id);
    waiting.delete(id);
    return one;
  };
  return {
    signerOf: (address) => ({
      getAddress: () => Promise.resolve(address),
      signMessage: (text) => signed({ kind: 'message', text }),
      signTypedData: (domain, _types, value) =>
        signed({
          kind: 'typedData',
          text: String((value as { readonly data: unknown }).data),
          domain: domain as WalletRequest['domain'] & object,
        }),
    }),
    answer: (id, signature) => take(id)?.resolve(String(signature)),
    refuse: (id, rejected) =>
      take(id)?.reject(
        rejected
          ? new PushChatError('WalletRejected', 'The signature was declined in the wallet. Try again when ready.')
          : new PushChatError(
              'WalletUnsupported',
              'The wallet could not sign. Check that it is unlocked and try again.',
            ),
      ),
  };
}
