import type { Wallet } from 'ethers';

export interface OfficialChat {
  readonly history: (peer: string, page: object) => Promise<readonly { link: string | null }[]>;
  readonly send: (peer: string, message: object) => Promise<unknown>;
}

export declare const PushAPI: {
  initialize: (signer: Wallet, options: object) => Promise<{ chat: OfficialChat }>;
};
export declare const CONSTANTS: { readonly ENV: { readonly LOCAL: string } };
