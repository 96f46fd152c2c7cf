import type { Session } from '../../client/state.ts';
import type { EmbedSettings } from '../embedSettings.ts';

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
  | { readonly type: 'refusal'; readonly id: number; readonly rejected: boolean };

export type FrameAct =
  | { readonly name: 'open' | 'close' | 'toggle' }
  | { readonly name: 'show'; readonly peer: string }
  | { readonly name: 'prefill'; readonly text: string; readonly peer?: string };

/** From the frame, on the port. */
export type FrameMessage =
  | { readonly type: 'sign'; readonly id: number; readonly request: WalletRequest }
  | { readonly type: 'open' | 'close' }
  | { readonly type: 'unread'; readonly value: number }
  | { readonly type: 'session'; readonly value: Session['status'] };

/** What a chat in a frame asks of the host's wallet. */
export interface WalletRequest {
  readonly kind: 'message' | 'typedData';
  /** The words that the wallet will show. */
  readonly text: string;
  /** The domain of typed data (EIP-712). */
  readonly domain?: Readonly<Record<string, unknown>>;
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

/** A request as the host takes it from a frame that it does not have to trust; undefined when it is none. */
export function readWalletRequest(value: unknown): WalletRequest | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, text, domain } = value;
  if (typeof text !== 'string' || text.length > LONGEST_TEXT) return undefined;
  if (kind === 'message') return { kind, text };
  return kind === 'typedData' && isRecord(domain) ? { kind, text, domain } : undefined;
}

const LONGEST_TEXT = 1_000;
