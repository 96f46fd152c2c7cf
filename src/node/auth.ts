import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { randomBytes } from '../crypto/random.ts';
import { PushChatError } from '../errors.ts';
import { CHALLENGE_MS, verifyAnswer, type Challenge } from '../protocol/challenge.ts';
import type { Did } from '../protocol/did.ts';
import { parseDid } from '../protocol/did.ts';
import { armoredKey } from '../protocol/publicKey.ts';
import type { NodeContext } from './context.ts';
import { keepSecret, noteAnswer, secretOf } from './tables/signIns.ts';
import { userOf } from './tables/users.ts';

/** How long a caller may read with one token. */
const TOKEN_MS = 60 * 60 * 1000;

export interface Token {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/** Lets accounts prove who they are before they read. */
export interface Auth {
  /** Whether reading needs it. */
  readonly required: boolean;
  /** A challenge for whoever calls over HTTP. @param host as the caller says it */
  readonly challenge: (did: Did, host: string) => Promise<Challenge>;
  /**
   * A token for whoever answers a challenge of this node, once.
   * @throws {PushChatError} `AuthRequired`
   */
  readonly signIn: (challenge: Challenge, answer: string) => Promise<Token>;
  /** The account that a token is of; undefined for one that is false or too old. */
  readonly readToken: (token: string) => Promise<Did | undefined>;
  /** Whether the account itself answered a challenge, of which the caller knows that it was asked just now. */
  readonly check: (challenge: Challenge, answer: string) => Promise<boolean>;
}

type AuthContext = Pick<NodeContext, 'store' | 'now'>;

/** Challenges and tokens are sealed, not kept: any process of a node knows them, and nobody can fill its store. */
export function createAuth(node: AuthContext, required: boolean): Auth {
  const { store, now } = node;
  let secret: Promise<string> | undefined;
  const seal = async (text: string): Promise<string> => {
    secret ??= openSecret(node);
    return bytesToHex(hmac(sha256, hexToBytes(await secret), utf8ToBytes(text)));
  };
  const nonceOf = async ({ did, host, expires }: Omit<Challenge, 'nonce'>, salt: string): Promise<string> =>
    `${salt}.${await seal(JSON.stringify(['challenge', did, host, expires, salt]))}`;

  const check = async (challenge: Challenge, answer: string): Promise<boolean> => {
    const user = await store.read((rows) => userOf(rows, challenge.did));
    const publicKey = user === undefined || user.publicKey === '' ? '' : armoredKey(user.publicKey);
    return verifyAnswer(challenge, answer, { publicKey, now: new Date(now()) });
  };

  return {
    required,
    check,
    challenge: async (did, host) => {
      const open = { did, host, expires: now() + CHALLENGE_MS };
      return { ...open, nonce: await nonceOf(open, bytesToHex(randomBytes(16))) };
    },
    signIn: async (challenge, answer) => {
      const { did, nonce } = challenge;
      const isOurs = isSame(nonce, await nonceOf(challenge, nonce.split('.')[0] ?? ''));
      if (!isOurs || !(await check(challenge, answer))) throw notProven();
      if (!(await store.write((rows) => noteAnswer(rows, challenge, now())))) throw notProven();
      const expires = now() + TOKEN_MS;
      const claim = `${did}~${expires}`;
      return { token: `${claim}~${await seal(JSON.stringify(['token', claim]))}`, expires };
    },
    readToken: async (token) => {
      const [did = '', expires = '', mark = ''] = token.split('~');
      const isOurs = isSame(mark, await seal(JSON.stringify(['token', `${did}~${expires}`])));
      return isOurs && Number(expires) > now() ? parseDid(did) : undefined;
    },
  };
}

async function openSecret({ store }: AuthContext): Promise<string> {
  const known = await store.read(secretOf);
  return known ?? store.write((rows) => keepSecret(rows, bytesToHex(randomBytes(32))));
}

/** Takes as long for a wrong text as for the right one. */
function isSame(given: string, expected: string): boolean {
  let difference = given.length ^ expected.length;
  for (let i = 0; i < expected.length; i += 1) difference |= given.charCodeAt(i) ^ expected.charCodeAt(i);
  return difference === 0;
}

const notProven = (): PushChatError =>
  new PushChatError('AuthRequired', 'This is not the account’s answer to an open challenge. Ask for a new one.');
