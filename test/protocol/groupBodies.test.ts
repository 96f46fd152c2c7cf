import { describe, expect, it } from 'vitest';
import { base64ToBytes } from '../../src/crypto/encoding.ts';
import { encryptedTo, identifyKey } from '../../src/crypto/identifyKey.ts';
import { decryptText } from '../../src/crypto/pgp.ts';
import { parseDid } from '../../src/protocol/did.ts';
import { EMPTY_CONFIG } from '../../src/protocol/groups/groupPayload.ts';
import {
  parseGroupCreation,
  parseGroupProfileUpdate,
  parseMembersUpdate,
} from '../../src/protocol/groups/parseGroup.ts';
import type { Period } from '../../src/protocol/groups/periods.ts';
import { signGroupAct, type GroupDraft } from '../../src/protocol/groups/signGroup.ts';
import { openMessage, type Reader } from '../../src/protocol/openMessage.ts';
import type { MessageBody } from '../../src/protocol/payload.ts';
import type { Peer } from '../../src/protocol/peer.ts';
import { sealMessage } from '../../src/protocol/sealMessage.ts';
import { randomBytes, type RandomBytes } from '../../src/crypto/random.ts';
import { NOW } from '../support/builders.ts';
import { privateKeyOf, stored, vectorUser } from '../support/vectors.ts';
import messages from '../vectors/b_messages.json' with { type: 'json' };
import requests from '../vectors/c_requests.json' with { type: 'json' };
import groups from '../vectors/e_groups.json' with { type: 'json' };

interface VectorCall {
  readonly name: string;
  readonly signer: string;
  readonly path: string;
  readonly body: object & { readonly encryptedSecret?: string | null; readonly toDID?: string };
}

interface VectorGroup extends Pick<VectorCall, 'name' | 'signer'> {
  readonly calls: readonly Pick<VectorCall, 'path' | 'body'>[];
}

const made = (groups.groups as readonly VectorGroup[]).flatMap(({ name, signer, calls: all }) =>
  all.map(({ path, body }): VectorCall => ({ name: `${name} ${path.split('/').at(-1) ?? ''}`, signer, path, body })),
);
const answers = requests.requests.map(({ name, signer, request: { path, body } }): VectorCall => ({
  name,
  signer,
  path,
  body,
}));
/** The calls that we make too; the older two we only read. */
const calls = [...made.filter(({ name }) => !name.startsWith('v1-')), ...answers].filter(
  ({ body }) => !(body.toDID ?? '').startsWith('eip155:'),
);

/** What a body says, with the keys in their order: all but what is new each time. */
const words = (body: object): string =>
  JSON.stringify(body).replaceAll(/-----BEGIN PGP (SIGNATURE|MESSAGE)-----.*?-----END PGP \1-----(?:\\n)?/g, '<$1>');

function draftOf({ path, body }: VectorCall): GroupDraft {
  const readers = body.encryptedSecret ? ['alice', 'bob'].map((name) => vectorUser(name).publicKey) : null;
  if (path.endsWith('/v2/chat/groups')) return { kind: 'create', ...parseGroupCreation(body) };
  if (path.endsWith('/members')) return { kind: 'members', ...parseMembersUpdate(body), readers };
  if (path.endsWith('/config')) return { kind: 'config', config: EMPTY_CONFIG };
  if (path.endsWith('/profile')) {
    const { groupName, groupDescription, groupImage, rules } = parseGroupProfileUpdate(body);
    const profile = { groupName, groupDescription, groupImage, rules, isPublic: true, groupType: 'default' };
    return { kind: 'profile', profile };
  }
  return path.endsWith('/accept')
    ? { kind: 'accept', chatId: body.toDID ?? '', readers }
    : { kind: 'reject', chatId: body.toDID ?? '' };
}

describe('changes of groups', () => {
  it.each(calls)('$name: is written byte for byte as the official client does', async (call) => {
    const { signer, body } = call;
    const key = await privateKeyOf(signer);
    const signing = { signer: vectorUser(signer).did, key, random: randomBytes, date: NOW };
    expect(words(await signGroupAct(draftOf(call), signing))).toBe(words(body));
  });

  it('gives the next secret to the readers alone', async () => {
    const readers = ['alice', 'bob'].map((name) => vectorUser(name).publicKey);
    const key = await privateKeyOf('carol');
    const signing = { signer: vectorUser('carol').did, key, random: randomBytes, date: NOW };
    const draft = { kind: 'accept', chatId: 'a'.repeat(64), readers } as const;
    const answer = (await signGroupAct(draft, signing)) as { readonly encryptedSecret: string };
    for (const name of ['alice', 'bob']) {
      expect(await decryptText(answer.encryptedSecret, await privateKeyOf(name))).toMatch(/^[A-Za-z0-9]{22}$/);
    }
    await expect(decryptText(answer.encryptedSecret, key)).rejects.toMatchObject({ code: 'DecryptFailed' });
    const ids = (await Promise.all(readers.map(identifyKey))).flatMap((identity) => identity.ids);
    for (const id of await encryptedTo(answer.encryptedSecret, 64_000)) expect(ids).toContain(id);
  });
});

interface GroupMessage {
  readonly name: string;
  readonly body: MessageBody;
  readonly sender: string;
  readonly aes: readonly { readonly plaintext: string; readonly passphrase: string; readonly ciphertext: string }[];
}

const said: readonly GroupMessage[] = messages.messages
  .filter(({ name }) => name.startsWith('group'))
  .map(({ name, request, sender, aes }) => ({ name, body: request.body, sender, aes }));

const always: readonly Period[] = [{ role: 'member', from: 0, to: null }];

async function readerOf({ body, sender, aes }: GroupMessage, changes: Partial<Reader> = {}): Promise<Reader> {
  return {
    me: parseDid(vectorUser(sender).did),
    peer: body.toDID as Peer,
    privateKey: await privateKeyOf(sender),
    keyOf: () => Promise.resolve({ armored: vectorUser(sender).publicKey, level: 'verified' }),
    now: NOW,
    group: { periods: always, secretOf: () => Promise.resolve(aes[0]?.passphrase ?? '') },
    ...changes,
  };
}

describe('messages to groups', () => {
  it.each(said)('$name: opens', async (message) => {
    const opened = await openMessage(stored(message.body), await readerOf(message));
    const sender = parseDid(vectorUser(message.sender).did);
    expect(opened).toMatchObject({ state: 'verified', sender, verification: { member: 'proven', failed: null } });
  });

  it.each(said.filter(({ body }) => body.encType !== 'pgp'))(
    '$name: is written byte for byte as the official client does',
    async (message) => {
      const { body, sender, aes } = message;
      const opened = await openMessage(stored(body), await readerOf(message));
      if (opened.state !== 'verified') throw new Error('not opened');
      const salts = [aes[1], aes[0]].map((each) => base64ToBytes(each?.ciphertext ?? '').slice(8, 16));
      const random: RandomBytes = (length) => salts.shift() ?? randomBytes(length);
      const group = { sessionKey: body.sessionKey ?? '', secret: aes[0]?.passphrase ?? '' };
      const sealed = await sealMessage(opened.content, {
        ...{ from: body.fromDID, to: body.toDID, receiverKey: null, senderKey: await privateKeyOf(sender), date: NOW },
        ...(body.sessionKey != null && { group, random }),
      });
      expect(words(sealed)).toBe(words(body));
    },
  );

  it('is encrypted to everybody in a group without a session key', async () => {
    const keys = ['alice', 'bob', 'carol'].map((name) => vectorUser(name).publicKey);
    const chatId = 'a'.repeat(64);
    const sealed = await sealMessage(
      { type: 'Text', content: 'hello' },
      {
        ...{ from: vectorUser('alice').did, to: chatId, receiverKey: null, date: NOW },
        ...{ senderKey: await privateKeyOf('alice'), group: { keys } },
      },
    );
    expect(sealed).toMatchObject({ encType: 'pgp', sessionKey: null, toDID: chatId, toCAIP10: chatId });
    for (const name of ['alice', 'bob', 'carol']) {
      const message = { name, body: sealed, sender: 'alice', aes: [] };
      const changes = { me: parseDid(vectorUser(name).did), privateKey: await privateKeyOf(name) };
      expect(await openMessage(stored(sealed), await readerOf(message, changes))).toMatchObject({ state: 'verified' });
    }
    const stranger = { me: parseDid(vectorUser('dave').did), privateKey: await privateKeyOf('dave') };
    expect(
      await openMessage(stored(sealed), await readerOf({ name: '', body: sealed, sender: 'alice', aes: [] }, stranger)),
    ).toMatchObject({ state: 'undecryptable', reason: 'DecryptFailed' });
  });

  it.each([
    ['another group', { peer: 'b'.repeat(64) as Peer }, 'ReceiverMismatch'],
    ['somebody who was never in it', { group: { periods: [], secretOf: () => Promise.resolve('x') } }, 'NotMember'],
    [
      'somebody who came later',
      {
        group: {
          periods: [{ role: 'member', from: 1_700_000_000_001, to: null }],
          secretOf: () => Promise.resolve('x'),
        },
      },
      'NotMember',
    ],
    [
      'somebody who was out by then',
      { group: { periods: [{ role: 'admin', from: 0, to: 1_700_000_000_000 }], secretOf: () => Promise.resolve('x') } },
      'NotMember',
    ],
  ] as const)('GR-14 is hidden as one of %s', async (_, changes, reason) => {
    for (const message of said) {
      const opened = await openMessage(stored(message.body), await readerOf(message, changes));
      expect(opened).toMatchObject({ state: 'quarantined', reason });
    }
  });
});
