import { asPushChatError, PushChatError } from '../errors.ts';
import type { ClientContext } from './context.ts';

/** What a signature is for: to open or wrap the keys, to vouch for them, or to read at a node that wants proof. */
export type WalletPurpose = 'open-keys' | 'attest-keys' | 'read';

/** A prompt that the wallet is about to show. */
export interface WalletPrompt {
  readonly purpose: WalletPurpose;
  /** What the wallet shows and signs. */
  readonly text: string;
  /** From 1, of so many that this unlocking takes. */
  readonly nth: number;
  readonly of: number;
}

/**
 * Says what the wallet is asked for, to the store and to the host, and then asks it. One prompt at a time (security
 * G10, F14); a host that does not want it has it not asked.
 * @throws {PushChatError} `WalletRejected` when the host declines, and what `sign` throws
 */
export async function askWallet<Answer>(
  client: ClientContext,
  { purpose, text, of }: Omit<WalletPrompt, 'nth'>,
  sign: () => Promise<Answer>,
): Promise<Answer> {
  const { session } = client.get();
  if (session.status !== 'unlocking') throw new PushChatError('WalletChanged', 'Chat was locked meanwhile.');
  client.prompts += 1;
  const prompt = { purpose, text, nth: client.prompts, of };
  client.dispatch({
    type: 'sessionChanged',
    session: { ...session, step: { name: 'wallet', purpose, prompt: prompt.nth, of } },
  });
  try {
    await client.beforeSign(prompt);
  } catch (cause) {
    const known = asPushChatError(cause);
    if (known.code !== 'Internal') throw known;
    throw new PushChatError('WalletRejected', 'The page declined this signature. Nothing was signed.', { cause });
  }
  return sign();
}
