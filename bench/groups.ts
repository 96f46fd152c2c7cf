import { parseArgs } from 'node:util';
import { createPushChat } from '../src/client/createPushChat.ts';
import { directTransport } from '../src/client/directTransport.ts';
import type { PushChatClient } from '../src/client/PushChatClient.ts';
import type { Transport } from '../src/client/transport.ts';
import { sha256Hex } from '../src/crypto/hash.ts';
import { generateKeyPair, readPrivateKey, type KeyType, type PrivateKey } from '../src/crypto/pgp.ts';
import { randomBytes } from '../src/crypto/random.ts';
import { asPushChatError } from '../src/errors.ts';
import { createPushNode } from '../src/node/createPushNode.ts';
import { profileKeysText } from '../src/protocol/canonical.ts';
import { parseDid } from '../src/protocol/did.ts';
import { signGroupAct } from '../src/protocol/groups/signGroup.ts';
import type { GroupId } from '../src/protocol/peer.ts';
import { formatPublicKey } from '../src/protocol/publicKey.ts';
import { routes } from '../src/protocol/routes.ts';
import { inWords, median, round } from './figures.ts';
import { walletNumber } from './users.ts';

const USAGE = `What it costs to write to a private group of many, with a secret for each message and with a session key. The node is in
this process and in memory; keys, proofs and attestations are real. Of RSA keys so many are made, and shared by the members:
each takes a part of a second.

  npm run bench:groups -- [--members 5000] [--keys rsa2048] [--pairs 300] [--sends 5]
`;

interface Options {
  readonly members: number;
  readonly keyType: KeyType;
  readonly pairs: number;
  readonly sends: number;
}

export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      members: { type: 'string', default: '5000' },
      keys: { type: 'string', default: 'rsa2048' },
      pairs: { type: 'string', default: '300' },
      sends: { type: 'string', default: '5' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const keyType = values.keys === 'curve25519' ? 'curve25519' : 'rsa2048';
  const [members, pairs, sends] = [values.members, values.pairs, values.sends].map(Number) as [number, number, number];
  process.stdout.write(`${inWords(await measure({ members, keyType, pairs, sends }))}\n`);
  return 0;
}

/** What the client sends, by the length of the largest body since it was last asked. */
function weighing(way: Transport): { readonly way: Transport; readonly largest: () => number } {
  let largest = 0;
  return {
    way: {
      ...way,
      request: (route, body, token) => {
        if (body) largest = Math.max(largest, JSON.stringify(body).length);
        return way.request(route, body, token);
      },
    },
    largest: () => {
      const length = largest;
      largest = 0;
      return length;
    },
  };
}

async function measure({ members, keyType, pairs, sends }: Options): Promise<Record<string, unknown>> {
  const node = createPushNode();
  const { way, largest } = weighing(directTransport(node));
  const ada = await unlocked(way, 0, keyType);
  const [makingMs, others] = await timed(() => makeMembers(way, members - 1, keyType, pairs));
  const chatId = await ada.groups.create({ name: 'Everybody', members: others.map(({ did }) => did) });
  const [joiningMs] = await timed(() => enter(way, chatId, others));

  const [readingMs] = await timed(() => ada.groups.load(chatId));
  largest();
  const each = await sendMany(ada, chatId, sends);
  const eachBytes = largest();
  const [renewingMs] = await timed(() => ada.groups.renewSecret(chatId));
  const renewingBytes = largest();
  const shared = await sendMany(ada, chatId, sends);
  const sharedBytes = largest();
  await node.close();
  return {
    'members, keys': `${members}, ${keyType}`,
    'made, joined (s)': [makingMs, joiningMs].map((ms) => round(ms / 1_000)),
    'first reading, all proofs (s)': round(readingMs / 1_000),
    'secret a message: first (s)': round(each.first / 1_000),
    'secret a message: next (ms)': round(each.next),
    'secret a message: body (kB)': round(eachBytes / 1_000),
    'secret a message: outcome': each.outcome,
    'session key: renewing (s)': round(renewingMs / 1_000),
    'session key: its body (kB)': round(renewingBytes / 1_000),
    'session key: first (ms)': round(shared.first),
    'session key: next (ms)': round(shared.next),
    'session key: body (kB)': round(sharedBytes / 1_000),
    'session key: outcome': shared.outcome,
  };
}

async function unlocked(transport: Transport, number: number, keyType: KeyType): Promise<PushChatClient> {
  const client = createPushChat({ signer: walletNumber(number), transport, keyType });
  await client.unlock();
  return client;
}

interface Member {
  readonly did: string;
  readonly key: PrivateKey;
}

async function makeMembers(way: Transport, count: number, type: KeyType, pairs: number): Promise<Member[]> {
  const keys = await Promise.all(
    Array.from({ length: Math.min(count, pairs) }, async () => generateKeyPair(new Date(), type)),
  );
  const opened = await Promise.all(keys.map(({ privateKey }) => readPrivateKey(privateKey)));
  const made: Member[] = [];
  for (let i = 0; i < count; i += 1) {
    const key = opened[i % opened.length];
    if (!key) throw new RangeError('no key');
    const wallet = walletNumber(i + 1);
    const did = parseDid(wallet.address);
    // Nobody of them unlocks here, so that this only has to be as long as a real one.
    const encryptedPrivateKey = JSON.stringify({
      ...{ ciphertext: '00'.repeat(3_400), salt: '00'.repeat(32), nonce: '00'.repeat(12) },
      ...{ version: 'eip191-aes256-gcm-hkdf-sha256', preKey: '00'.repeat(32) },
    });
    const published = { caip10: did, did, publicKey: formatPublicKey(key.publicKey), encryptedPrivateKey };
    const proof = await wallet.signMessage(sha256Hex(profileKeysText(published)));
    await way.request(routes.createUser(), { ...published, verificationProof: `eip191v2:${proof}` });
    made.push({ did, key });
  }
  return made;
}

async function enter(way: Transport, chatId: string, members: readonly Member[]): Promise<void> {
  for (const { did: signer, key } of members) {
    const draft = { kind: 'accept', chatId, readers: null } as const;
    await way.request(routes.acceptRequest(), await signGroupAct(draft, { signer, key, random: randomBytes }));
  }
}

interface Sends {
  readonly first: number;
  readonly next: number;
  readonly outcome: string;
}

async function sendMany(client: PushChatClient, chatId: GroupId, count: number): Promise<Sends> {
  const times: number[] = [];
  let outcome = 'sent';
  for (let i = 0; i < count; i += 1) {
    const [ms] = await timed(async () => {
      try {
        await client.sendMessage(chatId, { type: 'Text', content: `Message ${i}: to everybody in this group.` });
      } catch (error) {
        outcome = asPushChatError(error).code;
      }
    });
    times.push(ms);
  }
  const [first = 0, ...next] = times;
  return { first, next: median(next), outcome };
}

async function timed<Result>(work: () => Promise<Result>): Promise<[ms: number, result: Result]> {
  const start = performance.now();
  const result = await work();
  return [performance.now() - start, result];
}
