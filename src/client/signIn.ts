import { asPushChatError, PushChatError } from '../errors.ts';
import { parseChallenge, walletAnswer, walletChallengeText, type Challenge } from '../protocol/challenge.ts';
import { parseDid } from '../protocol/did.ts';
import { objectOf, stringOf } from '../protocol/fields.ts';
import { routes } from '../protocol/routes.ts';
import { askWallet } from './askWallet.ts';
import type { ClientContext } from './context.ts';
import type { Transport } from './transport.ts';

const MAX_TOKEN = 1_000;

/**
 * Requests that prove who asks as soon as the node wants to know, and from then on: with the account's key, or while
 * that is still wrapped with the wallet, which shows a prompt. Never with the wallet outside of unlocking.
 */
export function signedIn(transport: Transport, contextOf: () => ClientContext): Transport['request'] {
  let token: string | undefined;
  let signing: Promise<string> | undefined;
  return async (route, body) => {
    try {
      return await transport.request(route, body, token);
    } catch (error) {
      if (asPushChatError(error).code !== 'AuthRequired') throw error;
      signing ??= signIn(transport, contextOf()).finally(() => {
        signing = undefined;
      });
      token = await signing;
      return transport.request(route, body, token);
    }
  };
}

async function signIn(transport: Transport, client: ClientContext): Promise<string> {
  const { session } = client.get();
  const did = client.account?.did ?? (session.status === 'unlocking' ? session.did : undefined);
  if (did === undefined) throw new PushChatError('SessionLocked', 'This node shows nothing before chat is unlocked.');
  const asked = await transport.request(routes.challenge(), { did });
  const answer = await answerChallenge(transport, client, asked);
  const { challenge } = answer;
  const given = await transport.request(routes.signIn(), { challenge, answer: answer.text });
  return stringOf(objectOf(given, 'token'), 'token', MAX_TOKEN);
}

/**
 * Signs what a node asks, if it asks for this account in its own name, and for no longer than it takes.
 * @throws {PushChatError} `AuthRequired`, `PayloadMalformed`, `WalletRejected`
 */
export async function answerChallenge(
  { host }: Pick<Transport, 'host'>,
  client: ClientContext,
  asked: unknown,
): Promise<{ readonly challenge: Challenge; readonly text: string }> {
  const challenge = parseChallenge(asked);
  const { account, wallet } = client;
  if (challenge.host !== host) {
    throw new PushChatError('AuthRequired', 'The node asks for a proof in the name of another. Check its proxy.');
  }
  if (account) {
    if (challenge.did !== account.did) throw notMine();
    return { challenge, text: await account.keys.answerChallenge(challenge, client.now()) };
  }
  const { session } = client.get();
  if (!wallet || session.status !== 'unlocking' || challenge.did !== session.did) throw notMine();
  if (parseDid(await wallet.getAddress()) !== session.did) throw notMine();
  const text = walletChallengeText(challenge);
  const prompt = { purpose: 'read', text, of: client.prompts + 2 } as const;
  return { challenge, text: walletAnswer(await askWallet(client, prompt, () => wallet.signMessage(text))) };
}

const notMine = (): PushChatError =>
  new PushChatError('AuthRequired', 'The node asks for a proof of another account. Nothing was signed.');
