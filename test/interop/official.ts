import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Json } from '../../src/protocol/payload.ts';

/** A message as the official client hands it out: opened and checked, or it would have thrown. */
export interface OfficialMessage {
  readonly fromDID: string;
  readonly toDID: string;
  readonly fromCAIP10: string;
  readonly toCAIP10: string;
  readonly messageType: string;
  readonly messageObj: Json;
  readonly messageContent: string;
  readonly encType: string;
  readonly encryptedSecret: string | null;
  readonly sessionKey: string | null;
  readonly signature: string;
  readonly sigType: string;
  readonly verificationProof: string;
  readonly timestamp: number;
  readonly link: string | null;
  readonly cid: string;
  readonly chatId?: string;
  readonly listType?: 'CHATS' | 'REQUESTS';
}

/** What a caller of the official client passes to `chat.send`. */
export interface OfficialContent {
  readonly type: string;
  readonly content: Json;
  readonly reference?: string;
}

/** One row of `chat.list`. */
export interface OfficialChat {
  readonly msg: OfficialMessage;
  readonly did: string;
  readonly wallets: string;
  readonly name: string | null;
  readonly about: string | null;
  readonly profilePicture: string | null;
  readonly publicKey: string | null;
  readonly threadhash: string | null;
  readonly intent: string;
  readonly intentSentBy: string;
  readonly intentTimestamp: string;
  readonly combinedDID: string;
  readonly chatId: string;
  readonly groupInformation: null;
}

export interface OfficialChatInfo {
  readonly meta: { readonly group: boolean; readonly encrypted: boolean } | null;
  readonly list: 'CHATS' | 'REQUESTS' | 'UNINITIALIZED';
  readonly participants: readonly string[];
  readonly chatId: string | null;
  readonly recipient: string;
}

export interface OfficialProfile {
  readonly name: string | null;
  readonly desc: string | null;
  readonly picture: string | null;
  readonly blockedUsersList: readonly string[] | null;
}

export interface OfficialUserRecord {
  readonly did: string;
  readonly wallets: string;
  readonly publicKey: string;
  readonly encryptedPrivateKey: string;
  readonly verificationProof: string | null;
  readonly profile: OfficialProfile;
}

export type OfficialEventName =
  | 'chat.message'
  | 'chat.request'
  | 'chat.accept'
  | 'chat.reject'
  | 'chat.group.create'
  | 'chat.group.update'
  | `chat.group.participant.${'join' | 'leave' | 'remove' | 'role'}`;

/** A chat event of the official stream, with `raw`. */
export interface OfficialEvent {
  readonly event: OfficialEventName;
  readonly origin: 'self' | 'other';
  readonly timestamp: string;
  readonly chatId: string;
  readonly from: string;
  readonly to: readonly string[] | null;
  readonly message: { readonly type: string | null; readonly content?: Json; readonly reference?: string };
  readonly meta: { readonly group: boolean };
  readonly reference: string | null;
  readonly raw: {
    readonly fromCAIP10: string;
    readonly toCAIP10: string;
    readonly fromDID: string;
    readonly toDID: string;
    readonly encType: string;
    readonly encryptedSecret: string | null;
    readonly signature: string;
    readonly sigType: string;
    readonly verificationProof: string;
    readonly previousReference: string | null;
  };
}

/** How a new account's private key is wrapped (protocol 2.3): V1, V2, and V3 which is the default. */
export type KeyVersion = 'x25519-xsalsa20-poly1305' | 'aes256GcmHkdfSha256' | 'eip191-aes256-gcm-hkdf-sha256';

export interface Identity {
  readonly account: string;
  readonly pgpPublicKey: string;
  /** How often the wallet was asked to sign. */
  readonly prompts: number;
}

export interface Page {
  readonly page?: number;
  readonly limit?: number;
}

/** A group as `chat.group` answers: with its members, or without for who has session keys. */
export interface OfficialGroup {
  readonly chatId: string;
  readonly groupName: string;
  readonly isPublic: boolean;
  readonly groupCreator: string;
  readonly sessionKey: string | null;
  readonly encryptedSecret: string | null;
  readonly members: readonly { readonly wallet: string; readonly isAdmin: boolean }[];
  readonly pendingMembers: readonly { readonly wallet: string; readonly isAdmin: boolean }[];
}

/** A method of `chat.group`, with dots for what is inside: `create`, `participants.status`. */
export type OfficialGroupCall = <Result = OfficialGroup>(
  method: string,
  ...args: readonly unknown[]
) => Promise<Result>;

export interface OfficialOptions {
  /** Has the client give private groups session keys, which it otherwise only keeps up. @default false */
  readonly sessionKeys?: boolean;
}

/** A notification as the official client lists it. */
export interface OfficialFeedItem {
  readonly title: string;
  readonly message: string;
  readonly cta: string;
  readonly app: string;
  readonly blockchain: string;
  readonly notification: { readonly title: string; readonly body: string };
}

/** A notification of the official stream, with `raw`. */
export interface OfficialNotification {
  readonly event: 'notification.inbox' | 'notification.spam';
  readonly origin: 'self' | 'other';
  readonly from: string;
  readonly to: readonly string[];
  readonly meta: { readonly type: string };
  readonly message: { readonly notification: { readonly title: string; readonly body: string } };
  readonly config: { readonly hidden: boolean; readonly silent: boolean };
  readonly source: string;
  readonly raw: { readonly verificationProof: string };
}

export interface OfficialUser {
  readonly did: string;
  /** Creates the account, or opens it when the node already knows its keys. `version` is for a new one. */
  readonly initialize: (version?: KeyVersion) => Promise<Identity>;
  /** Opens the live stream, of chats and if wanted of notifications; resolves when it is connected. */
  readonly stream: (options?: { readonly notifications?: boolean }) => Promise<void>;
  readonly disconnect: () => Promise<void>;
  readonly send: (to: string, message: OfficialContent) => Promise<OfficialMessage>;
  readonly sendText: (to: string, content: string) => Promise<OfficialMessage>;
  readonly accept: (target: string) => Promise<string>;
  readonly reject: (target: string) => Promise<void>;
  readonly list: (type: 'CHATS' | 'REQUESTS', page?: Page) => Promise<readonly OfficialChat[]>;
  /** Newest first. */
  readonly history: (
    target: string,
    page?: { readonly reference?: string; readonly limit?: number },
  ) => Promise<readonly OfficialMessage[]>;
  readonly latest: (target: string) => Promise<readonly OfficialMessage[]>;
  readonly message: (target: string, reference: string) => Promise<OfficialMessage>;
  readonly chatInfo: (target: string) => Promise<OfficialChatInfo>;
  readonly group: OfficialGroupCall;
  readonly inbox: (box: 'INBOX' | 'SPAM', options?: object) => Promise<readonly OfficialFeedItem[]>;
  readonly subscriptions: () => Promise<readonly { readonly channel: string }[]>;
  /** Signed by the chat key. */
  readonly subscribe: (channel: string) => Promise<{ readonly status: number; readonly message: string }>;
  readonly unsubscribe: (channel: string) => Promise<{ readonly status: number; readonly message: string }>;
  /** As a channel, signed by the chat key: to `['*']` for all subscribers. Answers the status. */
  readonly notify: (recipients: readonly string[], options: object) => Promise<number>;
  /** The same by the lower call, signed by the wallet. */
  readonly notifyByWallet: (options: object) => Promise<number>;
  readonly channelInfo: (channel: string) => Promise<{ readonly name: string; readonly subscriber_count: number }>;
  readonly subscribers: (options: object) => Promise<{
    readonly itemcount: number;
    readonly subscribers: readonly { readonly subscriber: string }[];
  }>;
  readonly searchChannels: (words: string) => Promise<readonly { readonly channel: string }[]>;
  readonly block: (...users: string[]) => Promise<OfficialUserRecord>;
  readonly unblock: (...users: string[]) => Promise<OfficialUserRecord>;
  readonly profileUpdate: (changes: Partial<OfficialProfile>) => Promise<OfficialProfile>;
  /** Cached by the official client for five minutes. */
  readonly profileInfo: (account?: string) => Promise<OfficialProfile>;
  readonly userInfo: (account?: string) => Promise<OfficialUserRecord | null>;
  /** The first chat event that matches, whether it has come already or comes within 15 seconds. */
  readonly event: (matches: (event: OfficialEvent) => boolean) => Promise<OfficialEvent>;
  readonly events: readonly OfficialEvent[];
  /** Everything that the stream showed of notifications so far. */
  readonly notifications: readonly OfficialNotification[];
  /** What the official client wrote to its console as warnings and errors; empty when all is well. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

type Args = Readonly<Record<string, unknown>>;

interface Report {
  readonly ready?: true;
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly event?: string;
  readonly payload?: OfficialEvent;
  readonly notification?: OfficialNotification;
  readonly complaint?: string;
}

interface Waiting {
  readonly settle: (report: Report) => void;
  readonly fail: (error: Error) => void;
}

const SCRIPT = fileURLToPath(new URL('officialUser.mjs', import.meta.url));
const INSTALLED = fileURLToPath(new URL('node_modules/@pushprotocol/restapi', import.meta.url));
const CALL_MS = 60_000;
const EVENT_MS = 15_000;

/** Starts the process of one official user; the wallet signs nothing before `initialize`. */
export async function startOfficialUser(
  wallet: { readonly address: string; readonly privateKey: string },
  { sessionKeys = false }: OfficialOptions = {},
): Promise<OfficialUser> {
  if (!existsSync(INSTALLED)) throw new Error('The official client is not installed: run npm ci in test/interop.');

  const child = fork(SCRIPT, [], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const waiting = new Map<number, Waiting>();
  const events: OfficialEvent[] = [];
  const notifications: OfficialNotification[] = [];
  const listeners = new Set<(event: OfficialEvent) => void>();
  const complaints: string[] = [];
  let exited: Error | undefined;
  let stderr = '';
  let lastId = 0;

  const answer = (id: number, what: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (exited) return reject(exited);
      // Made here, so that its stack names the line of the test.
      const failure = new Error();
      const timer = setTimeout(() => fail(new Error(`The official client did not finish ${what}.`)), CALL_MS);
      const done = (): void => {
        clearTimeout(timer);
        waiting.delete(id);
      };
      const fail = (error: Error): void => {
        done();
        reject(error);
      };
      const settle = ({ result, error }: Report): void => {
        if (error) return fail(Object.assign(failure, error));
        done();
        resolve(result);
      };
      waiting.set(id, { settle, fail });
    });

  const call = async <Result>(name: string, args: Args = {}): Promise<Result> => {
    const id = (lastId += 1);
    const result = answer(id, name);
    child.send({ id, call: name, args });
    return (await result) as Result;
  };

  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.on('message', (report: Report) => {
    if (report.ready) waiting.get(0)?.settle(report);
    if (report.id !== undefined) waiting.get(report.id)?.settle(report);
    if (report.complaint !== undefined) complaints.push(report.complaint);
    if (report.notification) notifications.push(report.notification);
    if (!report.payload) return;
    events.push(report.payload);
    for (const listener of [...listeners]) listener(report.payload);
  });
  const gone = new Promise<void>((resolve) => {
    child.on('exit', (code) => {
      exited = new Error(`The official client's process has ended with code ${String(code)}. ${stderr}`);
      for (const { fail } of [...waiting.values()]) fail(exited);
      resolve();
    });
  });

  await answer(0, 'its start');

  return {
    did: `eip155:${wallet.address}`,
    initialize: async (version) => {
      const { readMode, errors, ...identity } = await call<
        Identity & { readonly readMode: boolean; readonly errors: readonly { readonly message: string }[] }
      >('initialize', { privateKey: wallet.privateKey, version, sessionKeys });
      if (readMode) throw new Error(`The official client fell back to guest mode: ${errors[0]?.message ?? ''}`);
      return identity;
    },
    stream: (options = {}) => call('stream', options),
    disconnect: () => call('disconnect'),
    send: (to, message) => call('send', { to, message }),
    sendText: (to, content) => call('send', { to, message: { type: 'Text', content } }),
    accept: (target) => call('accept', { target }),
    reject: (target) => call('reject', { target }),
    list: (type, page = {}) => call('list', { type, ...page }),
    history: (target, page = {}) => call('history', { target, ...page }),
    latest: (target) => call('latest', { target }),
    message: (target, reference) => call('message', { target, reference }),
    chatInfo: (target) => call('chatInfo', { target }),
    group: (method, ...args) => call('group', { method, args }),
    inbox: (box, options = {}) => call('inbox', { box, options }),
    subscriptions: () => call('subscriptions'),
    subscribe: (channel) => call('subscribe', { channel }),
    unsubscribe: (channel) => call('unsubscribe', { channel }),
    notify: (recipients, options) => call('notify', { recipients, options }),
    notifyByWallet: (options) => call('notifyByWallet', { ...options }),
    channelInfo: (channel) => call('channelInfo', { channel }),
    subscribers: (options) => call('subscribers', { ...options }),
    searchChannels: (words) => call('searchChannels', { words }),
    block: (...users) => call('block', { users }),
    unblock: (...users) => call('unblock', { users }),
    profileUpdate: (changes) => call('profileUpdate', { ...changes }),
    profileInfo: (account) => call('profileInfo', { account }),
    userInfo: (account) => call('userInfo', { account }),
    event: (matches) =>
      new Promise((resolve, reject) => {
        const past = events.find(matches);
        if (past) return resolve(past);
        const timer = setTimeout(() => {
          listeners.delete(listener);
          const seen = events.map(({ event, origin, message }) => `${event} ${origin} ${JSON.stringify(message)}`);
          reject(new Error(`The official stream did not show it. Seen: ${seen.join('; ')}. ${complaints.join(' ')}`));
        }, EVENT_MS);
        const listener = (event: OfficialEvent): void => {
          if (!matches(event)) return;
          clearTimeout(timer);
          listeners.delete(listener);
          resolve(event);
        };
        listeners.add(listener);
      }),
    events,
    notifications,
    complaints,
    close: async () => {
      if (exited) return;
      child.disconnect();
      await gone;
    },
  };
}
