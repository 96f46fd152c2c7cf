import type { Session } from '../../client/state.ts';
import type { WalletPurpose } from '../../client/walletPrompt.ts';
import type { EmbedSettings } from '../embedSettings.ts';
import { purposeOf, type FramePurpose } from './purposeOf.ts';

/** What a host page may say of a chat in a frame: its look, and whose chat. Where it talks to, the frame's page says. */
export type FrameLook = Pick<
  EmbedSettings,
  'view' | 'peer' | 'mode' | 'theme' | 'label' | 'greeting' | 'corner' | 'locale' | 'texts'
>;

/** By window, from the frame to its host: it can be connected. */
export interface FrameReady {
  readonly pushChat: 'ready';
}

/** By window, from the host to the frame, with a port on which everything else goes. */
export interface FrameConnect {
  readonly pushChat: 'connect';
  readonly look: FrameLook;
  readonly address: string | null;
}

/** From the host, on the port. */
export type HostMessage =
  | { readonly type: 'look'; readonly look: FrameLook }
  | { readonly type: 'account'; readonly address: string | null }
  | { readonly type: 'do'; readonly act: FrameAct }
  | { readonly type: 'answer'; readonly id: number; readonly signature: string }
  | { readonly type: 'refusal'; readonly id: number; readonly by: Refuser };

/** Who did not sign: the host's page, the user, or a wallet that cannot. */
export type Refuser = 'host' | 'user' | 'wallet';

export type FrameAct =
  | { readonly name: 'open' | 'close' | 'toggle' }
  | { readonly name: 'show'; readonly peer: string }
  | { readonly name: 'prefill'; readonly text: string; readonly peer?: string };

/** From the frame, on the port. */
export type FrameMessage =
  | { readonly type: 'sign'; readonly id: number; readonly request: FrameRequest }
  | { readonly type: 'open' | 'close' }
  | { readonly type: 'unread'; readonly value: number }
  | { readonly type: 'session'; readonly value: Session['status'] };

/** What a chat in a frame asks of the host's wallet. */
export interface WalletRequest {
  readonly kind: 'message' | 'typedData';
  /** What the signature is for. The text bears it out, whatever the frame says. */
  readonly purpose: FramePurpose;
  /** The words that the wallet will show. */
  readonly text: string;
  /** The domain of typed data (EIP-712). */
  readonly domain?: Readonly<Record<string, unknown>>;
}

/** The same as the frame sends it, which need not know the purpose. */
export interface FrameRequest extends Omit<WalletRequest, 'purpose'> {
  readonly purpose?: WalletPurpose | undefined;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

export const isReady = (message: unknown): message is FrameReady =>
  isRecord(message) && message['pushChat'] === 'ready';

export const isConnect = (message: unknown): message is FrameConnect =>
  isRecord(message) &&
  message['pushChat'] === 'connect' &&
  isRecord(message['look']) &&
  (message['address'] === null || typeof message['address'] === 'string');

/**
 * A request as the host takes it from a frame that it does not have to trust; undefined when it is none, or none of Push
 * Chat's.
 */
export function readWalletRequest(value: unknown): WalletRequest | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, text, domain } = value;
  if (typeof text !== 'string') return undefined;
  const purpose = purposeOf(text, value['purpose']);
  if (purpose === undefined) return undefined;
  if (kind === 'message') return { kind, purpose, text };
  return kind === 'typedData' && isRecord(domain) ? { kind, purpose, text, domain } : undefined;
}
