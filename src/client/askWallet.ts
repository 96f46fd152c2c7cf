import { asPushChatError, PushChatError } from '../errors.ts';
import type { ClientContext } from './context.ts';
import type { WalletSigner } from './signer.ts';
import type { Session } from './state.ts';
import type { WalletPrompt } from './walletPrompt.ts';

/**
 * Says what the wallet is asked for, to the store and to the host, and then asks it. One prompt at a time (security
 * G10, F14); a host that does not want it has it not asked.
 * @throws {PushChatError} `GestureRequired` before the user has touched the page, `WalletRejected` when the host declines, `WalletTimeout`, and what `sign` throws
 */
export async function askWallet<Answer>(
  client: ClientContext,
  { purpose, text, of }: Omit<WalletPrompt, 'nth'>,
  sign: () => Promise<Answer>,
): Promise<Answer> {
  const session = unlockingSession(client);
  if (client.requireGesture && !client.wallet?.isLocal && !hadGesture()) {
    throw new PushChatError('GestureRequired', 'Unlock chat when the user asks for it, as by a button.');
  }
  client.prompts += 1;
  const prompt = { purpose, text, nth: client.prompts, of };
  client.dispatch({
    type: 'sessionChanged',
    session: { ...session, step: { name: 'wallet', purpose, prompt: prompt.nth, of, text } },
  });
  try {
    await client.beforeSign(prompt);
  } catch (cause) {
    const known = asPushChatError(cause);
    if (known.code !== 'Internal') throw known;
    throw new PushChatError('WalletRejected', 'The page declined this signature. Nothing was signed.', { cause });
  }
  return inTurn(client.wallet, () => {
    unlockingSession(client);
    return inTime(client, sign());
  });
}

/** @throws {PushChatError} `WalletChanged` once chat was locked, even where it is being unlocked again by now */
function unlockingSession(client: ClientContext): Extract<Session, { readonly status: 'unlocking' }> {
  const { session } = client.get();
  if (session.status === 'unlocking' && !client.hasEnded()) return session;
  throw new PushChatError('WalletChanged', 'Chat was locked meanwhile.');
}

/** The last prompt of each wallet: one that was left open when chat was locked is still before the user's eyes. */
const lastPrompts = new WeakMap<WalletSigner, Promise<unknown>>();

/** Asks when the wallet has answered whatever it was asked before. */
function inTurn<Answer>(wallet: WalletSigner | undefined, ask: () => Promise<Answer>): Promise<Answer> {
  const before = (wallet && lastPrompts.get(wallet)) ?? Promise.resolve();
  const answer = before.then(ask);
  if (wallet)
    lastPrompts.set(
      wallet,
      answer.catch(() => undefined),
    );
  return answer;
}

/** Whether the user has touched the page since it was loaded; where the browser does not tell, it is believed. */
const hadGesture = (): boolean =>
  (globalThis as { readonly navigator?: Partial<Navigator> }).navigator?.userActivation?.hasBeenActive ?? true;

/** Long enough to find a hardware wallet. */
const PROMPT_MS = 10 * 60_000;

/** What the wallet answers later is not used (security WA-02). */
async function inTime<Answer>(client: ClientContext, answer: Promise<Answer>): Promise<Answer> {
  let stop: () => void = () => undefined;
  const late = new Promise<never>((_, reject) => {
    stop = client.every(PROMPT_MS, () => {
      reject(new PushChatError('WalletTimeout', 'The wallet did not answer. Open it, and try again.'));
    });
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    stop();
  }
}
