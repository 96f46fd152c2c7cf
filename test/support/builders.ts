import { Wallet } from 'ethers';
import { expect } from 'vitest';
import { sha256Hex } from '../../src/crypto/hash.ts';
import { signText, type PrivateKey } from '../../src/crypto/pgp.ts';
import type { ErrorCode } from '../../src/errors.ts';
import { messageText, type BodyScheme } from '../../src/protocol/canonical.ts';
import { parseDid } from '../../src/protocol/did.ts';
import type { MessageContent } from '../../src/protocol/messageContent.ts';
import { openMessage, type Opened, type Reader } from '../../src/protocol/openMessage.ts';
import type { MessageBody, StoredMessage } from '../../src/protocol/payload.ts';
import { sealMessage, type Envelope } from '../../src/protocol/sealMessage.ts';
import { AFTER_VECTORS, privateKeyOf, stored, vectorUser, vectorUsers } from './vectors.ts';

/** A moment that every key of the vectors was made before, and at which all tests sign and read. */
export const NOW = AFTER_VECTORS;

export const didOf = (name: string): string => vectorUser(name).did;

/** Matches a `PushChatError` by its code. */
export const coded = (...codes: ErrorCode[]): unknown => {
  const code: unknown = codes.length === 1 ? codes[0] : expect.toBeOneOf(codes);
  return expect.objectContaining({ name: 'PushChatError', code });
};

/** The code of what a call throws; anything but a `PushChatError` fails the test. */
export function codeOf(call: () => unknown): ErrorCode | 'none' {
  try {
    call();
    return 'none';
  } catch (error) {
    expect(error).toMatchObject({ name: 'PushChatError' });
    return (error as { code: ErrorCode }).code;
  }
}

/** A message that is hidden for this reason, and says so. */
export const quarantined = (reason: unknown): object => ({
  state: 'quarantined',
  from: 'peer',
  reason,
  verification: expect.objectContaining({ failed: expect.objectContaining({ code: reason }) }),
});

export const text = (content: string): MessageContent => ({ type: 'Text', content });

interface Route {
  readonly from?: string;
  readonly to?: string;
  /** In plain text, as to an account without a key. */
  readonly plain?: boolean;
}

/** A message by one vector user to another, alice to bob unless told, with real encryption and real proof. */
export async function sealed(
  content: MessageContent,
  { from = 'alice', to = 'bob', plain = false }: Route = {},
  changes: Partial<Envelope> = {},
): Promise<MessageBody> {
  return sealMessage(content, {
    from: didOf(from),
    to: didOf(to),
    receiverKey: plain ? null : vectorUser(to).publicKey,
    senderKey: await privateKeyOf(from),
    date: NOW,
    ...changes,
  });
}

/** `me` reading the chat with `peer`, both with the attested keys of the vectors. */
export async function readerOf(me: string, peer: string, changes: Partial<Reader> = {}): Promise<Reader> {
  return {
    me: parseDid(didOf(me)),
    peer: parseDid(didOf(peer)),
    privateKey: await privateKeyOf(me),
    keyOf: (did) => {
      const user = vectorUsers.find((candidate) => parseDid(candidate.did) === did);
      return Promise.resolve(user ? { armored: user.publicKey, level: 'verified' } : null);
    },
    now: NOW,
    ...changes,
  };
}

/** What bob sees of a message in his chat with alice. */
export async function openedByBob(
  body: MessageBody,
  served: Partial<StoredMessage> = {},
  reader: Partial<Reader> = {},
): Promise<Opened> {
  return openMessage(stored(body, served), await readerOf('bob', 'alice', reader));
}

/** The same body with other fields and a proof that is right for them. */
export async function resigned(
  body: MessageBody,
  changes: Partial<MessageBody>,
  { signer = 'alice', scheme = 'pgpv3' }: { readonly signer?: string; readonly scheme?: BodyScheme } = {},
): Promise<MessageBody> {
  const changed = { ...body, ...changes };
  const proof = await signText(sha256Hex(messageText(changed, scheme)), await privateKeyOf(signer), NOW);
  return { ...changed, verificationProof: `${scheme}:${proof}` };
}

/** A message of before 2023: no proof and no `messageObj`, just a signature over `signed`. */
export async function legacyMessage(
  messageContent: string,
  signed: string,
  changes: Partial<MessageBody> = {},
  key?: PrivateKey,
): Promise<MessageBody> {
  const [alice, bob] = [didOf('alice'), didOf('bob')];
  return {
    fromDID: alice,
    toDID: bob,
    fromCAIP10: alice,
    toCAIP10: bob,
    messageType: 'Text',
    encType: 'PlainText',
    encryptedSecret: '',
    messageContent,
    signature: await signText(signed, key ?? (await privateKeyOf('alice')), NOW),
    sigType: 'pgp',
    ...changes,
  };
}

export const walletOf = (name: string): Wallet => new Wallet(vectorUser(name).walletPrivateKey);

/** The armored signature inside a proof. */
export const armorOf = (proof: string | null | undefined): string =>
  (proof ?? '').slice((proof ?? '').indexOf(':') + 1);

/** One example of every kind of content. */
export const everyContent: readonly MessageContent[] = [
  { type: 'Text', content: 'Hello, 世界 🌍\nsecond line' },
  { type: 'Image', content: 'data:image/png;base64,iVBORw0KGgo=' },
  { type: 'Audio', content: 'data:audio/mp3;base64,AAAA' },
  { type: 'Video', content: 'https://example.org/video.mp4' },
  {
    type: 'File',
    content: JSON.stringify({ content: 'data:text/plain;base64,QQ==', name: 'a.txt', type: 'text/plain', size: 1 }),
  },
  { type: 'MediaEmbed', content: 'https://example.org/picture.png' },
  { type: 'GIF', content: 'https://example.org/moving.gif' },
  { type: 'Reaction', content: '👍', reference: `v2:${'a'.repeat(64)}` },
  { type: 'Receipt', content: 'READ_RECEIPT', reference: `v2:${'b'.repeat(64)}` },
  { type: 'Reply', content: { type: 'Text', content: 'indeed' }, reference: `v2:${'c'.repeat(64)}` },
  {
    type: 'Composite',
    content: [
      { type: 'Text', content: 'one' },
      { type: 'Image', content: 'data:image/png;base64,AA==' },
    ],
  },
  { type: 'Meta', content: 'CREATE_GROUP', info: { affected: ['eip155:0x0'], arbitrary: { note: 'x' } } },
  { type: 'UserActivity', content: 'LISTENER_JOIN', info: { affected: [] } },
  { type: 'Intent', content: 'ACCEPT_INTENT' },
];
