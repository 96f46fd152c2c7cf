import type { RandomBytes } from '../crypto/random.ts';
import { PushChatError } from '../errors.ts';
import type { Did } from '../protocol/did.ts';
import type { MessageBody } from '../protocol/payload.ts';
import type { WalletPrompt } from './askWallet.ts';
import type { Keyring } from './keyring.ts';
import type { AccountKeys, KeyHolder } from './keys/accountKeys.ts';
import type { ChatEvent } from './reduce.ts';
import type { WalletSigner } from './signer.ts';
import type { ChatState } from './state.ts';
import type { Transport } from './transport.ts';

/** The unlocked account. Its keys never enter the state. */
export interface Account {
  readonly did: Did;
  /** The id under which this account writes: the first entry of its `wallets` (protocol 1.1). */
  readonly wireId: string;
  readonly keys: AccountKeys;
}

/** A message on its way. The sealed body is kept, so that sending again is the same act and is stored once. */
export interface Outgoing {
  body?: MessageBody;
}

/** One session of a client: what every action works with. */
export interface ClientContext {
  readonly get: () => ChatState;
  readonly dispatch: (event: ChatEvent) => void;
  readonly transport: Transport;
  wallet: WalletSigner | undefined;
  readonly keyring: Keyring;
  readonly holder: KeyHolder;
  /** The first id under which each signed act was seen, by digest. */
  readonly acts: Map<string, string>;
  readonly outbox: Map<string, Outgoing>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly random: RandomBytes;
  readonly warn: (error: PushChatError) => void;
  account: Account | undefined;
  /** Asked before each prompt of the wallet; rejects where the host does not want it. */
  readonly beforeSign: (prompt: WalletPrompt) => void | Promise<void>;
  /** Signatures that the wallet was asked for in this unlocking. */
  prompts: number;
  /** From now on nothing that still runs can change the state. */
  readonly end: () => void;
}

/** @throws {PushChatError} `SessionLocked` */
export function requireAccount({ account }: ClientContext): Account {
  if (!account) throw new PushChatError('SessionLocked', 'Unlock chat with the wallet first.');
  return account;
}
