import type { EthersSigner } from '../../client/signerAddress.ts';
import type { WalletPrompt } from '../../client/walletPrompt.ts';
import { PushChatError } from '../../errors.ts';
import type { FrameRequest, Refuser, WalletRequest } from './frameMessages.ts';

interface Waiting {
  readonly resolve: (signature: string) => void;
  readonly reject: (error: PushChatError) => void;
}

/** The host's wallet, as the chat in the frame sees it. */
export interface FrameWallet {
  readonly signerOf: (address: string) => EthersSigner;
  /** What it is about to be asked. */
  readonly announce: (prompt: WalletPrompt) => void;
  readonly answer: (id: number, signature: unknown) => void;
  readonly refuse: (id: number, by: Refuser) => void;
}

/** @param ask passes a request to the host */
export function frameWallet(ask: (id: number, request: FrameRequest) => void): FrameWallet {
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let next: WalletPrompt | undefined;
  const signed = (request: FrameRequest): Promise<string> =>
    new Promise((resolve, reject) => {
      asked += 1;
      waiting.set(asked, { resolve, reject });
      const purpose = next?.text === request.text ? next.purpose : undefined;
      ask(asked, { ...request, purpose });
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
    announce: (prompt) => {
      next = prompt;
    },
    answer: (id, signature) => take(id)?.resolve(String(signature)),
    refuse: (id, by) => take(id)?.reject(refusalBy(by)),
  };
}

function refusalBy(by: Refuser): PushChatError {
  if (by === 'host') {
    return new PushChatError('HostRefused', 'This page did not let the chat ask your wallet. Nothing was signed.');
  }
  return by === 'user'
    ? new PushChatError('WalletRejected', 'The signature was declined in the wallet. Try again when ready.')
    : new PushChatError('WalletUnsupported', 'The wallet could not sign. Check that it is unlocked and try again.');
}
