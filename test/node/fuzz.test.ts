import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import fc from 'fast-check';
import { io, type Socket } from 'socket.io-client';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { recoverMessage } from '../../src/crypto/walletSignature.ts';
import type { PushChatError } from '../../src/errors.ts';
import type { Chains } from '../../src/protocol/chain.ts';
import type { Group } from '../../src/protocol/groups/groupState.ts';
import { startPushNode } from '../../src/node/httpServer.ts';
import { createMemoryStore } from '../../src/node/store/memoryStore.ts';
import { table, type NodeStore } from '../../src/node/store/store.ts';
import type { Block } from '../../src/node/tables/messages.ts';
import { blockCid, encodeBlock } from '../../src/protocol/cid.ts';
import { parseDid } from '../../src/protocol/did.ts';
import { MAX_WORD } from '../../src/protocol/limits.ts';
import type { Json, WireUser } from '../../src/protocol/payload.ts';
import { chainKeysProof, verifyProfileProof } from '../../src/protocol/profileProof.ts';
import { armoredKey } from '../../src/protocol/publicKey.ts';
import { routes, type Route } from '../../src/protocol/routes.ts';
import { verifyMessageProof, verifyProfileUpdate } from '../../src/protocol/verifyProof.ts';
import { didOf, NOW, sealed, text } from '../support/builders.ts';
import { broadcast, caip, subscription, targeted } from '../support/notifications.ts';
import { vectorUser } from '../support/vectors.ts';
import { vectorChains } from './chain/localChain.ts';
import vectors from '../vectors/e_groups.json' with { type: 'json' };
import { acceptance, createNodeWorld, profile, rejection, STORES, type NodeWorld } from './nodeWorld.ts';

const OFFICIAL_IDS = [
  ['Public group', '6cf91ec205528d3dcb5ba0321a03a76d7bacf898d6e6dd5197bfa4c9044b323a'],
  ['Gated group', '4abed491f5e3dbf742ab731b5903c15100375eddf4ab55aab9b6d47e02bf33f7'],
  ['v1 group', 'cb0ebae0094722399f97c86a13bd70badb954dcaa9cf797a9ba5d7d60ab125f1'],
] as const;

/** What attackers send where a word, an id or an address is expected. */
const HOSTILE = [
  '',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '%00',
  '\0',
  'CON',
  'nul.txt',
  'x'.repeat(4_096),
  "'; DROP TABLE rows; --",
  "' OR '1'='1",
  '" || 1 == 1 || "',
  '{"$gt":""}',
  '$(touch /tmp/owned)',
  '`id`',
  '| cat /etc/shadow',
  '${jndi:ldap://127.0.0.1/a}',
  '<script>alert(1)</script>',
  'a\r\nSet-Cookie: owned=1',
  'a%0d%0aSet-Cookie:%20owned=1',
  '\u001b[31mred\n{"level":"error"}',
  '__proto__',
  'constructor',
  'eip155:0х5FbDB2315678afecb367f032d93F642f64180aa3',
  'eip155:0x５FbDB2315678afecb367f032d93F642f64180aa3',
  'eip155:0x\u202e5FbDB2315678afecb367f032d93F642f64180aa3',
  '\ud800',
  'http://169.254.169.254/latest/meta-data/',
] as const;

/** As UTF-8 carries it: no half of a surrogate pair. */
const wellFormed = (value: string): string => value.replaceAll(/\p{Surrogate}/gu, '\ufffd');

const ZERO = `eip155:0x${'0'.repeat(40)}`;

const anyText = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.constantFrom(didOf('alice'), didOf('bob'), didOf('grace-scw'), didOf('heidi-nft'), 'a'.repeat(64), ZERO),
  fc.string({ unit: 'binary', maxLength: 200 }),
);
const anyJson = fc.oneof(
  anyText,
  fc.jsonValue({ maxDepth: 3 }),
  fc.dictionary(anyText, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 4 }),
);

/** Every call of the protocol, each with as many values as its path has places. */
const calls = Object.values(routes) as ((...values: never[]) => Route)[];
const anyRoute = fc
  .oneof(
    { weight: 6, arbitrary: fc.tuple(fc.constantFrom(...calls), fc.array(anyText, { minLength: 5, maxLength: 5 })) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('/', '/ipfs/', '/apis/v1/', '/socket.io/'), fc.array(anyText)) },
  )
  .map(([make, values]): Route => {
    const safe = values.map((value) => encodeURIComponent(wellFormed(value)));
    return typeof make === 'string' ? { method: 'GET', path: make + safe.join('/') } : make(...(safe as never[]));
  });

/** Codes that `docs/errors.md` explains: no other may be spoken. */
const CODES = new Set(
  readFileSync('docs/errors.md', 'utf8')
    .match(/^## \w+$/gm)
    ?.map((line) => line.slice(3)),
);

const STACK = /\n {4}at |node_modules|file:\/\/|\.[jt]s:\d+/;

/** The rules of every answer: a result, or an error that is typed and says nothing of the inside. */
function expectTyped(status: number, answer: string): void {
  expect(status).not.toBe(500);
  expect(answer).not.toMatch(STACK);
  expect(answer).not.toContain(process.cwd());
  if (status < 400) return;
  expect(JSON.parse(answer)).toMatchObject({
    status: 'ERROR',
    errorCode: expect.stringMatching(/^\w+$/),
    message: expect.any(String),
    details: { code: expect.toSatisfy((code: string) => CODES.has(code) && code !== 'Internal') },
  });
}

interface Fuzzed {
  readonly world: NodeWorld;
  readonly store: NodeStore;
  readonly failures: PushChatError[];
}

function fuzzedNode(chains: Chains = new Map()): Fuzzed {
  const store = createMemoryStore();
  const failures: PushChatError[] = [];
  const world = createNodeWorld(store, { chains, logger: { warn: (error) => failures.push(error) } });
  return { world, store, failures };
}

/** The vectors' contract wallet and NFT are those of plain wallets, so that no chain is needed to look back. */
function isAttested(user: WireUser): boolean {
  const proof = user.did.startsWith('eip155:') ? undefined : chainKeysProof(user);
  if (!proof) return verifyProfileProof(user) === 'verified';
  return recoverMessage(proof.text, proof.signature) === vectorUser(user.did).address.toLowerCase();
}

/** Looks at every record, not at what the node says of them. */
async function expectVerified(store: NodeStore): Promise<void> {
  const everything = { limit: 100_000 };
  const [users, blocks] = await store.read((rows) =>
    Promise.all([rows.list(table<WireUser>('user'), everything), rows.list(table<Block>('block'), everything)]),
  );
  const keys = new Map(users.map(({ key, value }) => [key, value]));
  for (const { value } of users) {
    if (value.publicKey !== '') expect(isAttested(value), value.did).toBe(true);
    else expect([value.encryptedPrivateKey, value.verificationProof]).toEqual(['', null]);
  }
  for (const { value } of users) {
    const { profileVerificationProof, ...fields } = value.profile;
    if (profileVerificationProof === null) {
      expect(fields).toMatchObject({ name: null, desc: null, blockedUsersList: [] });
    } else {
      const update = {
        name: fields.name,
        desc: fields.desc,
        picture: fields.picture,
        blockedUsersList: fields.blockedUsersList ?? [],
        verificationProof: profileVerificationProof,
      };
      expect(await verifyProfileUpdate(update, armoredKey(value.publicKey), NOW)).toMatchObject({ ok: true });
    }
  }
  for (const { key, value } of blocks) {
    expect(blockCid(encodeBlock(value))).toBe(key);
    const sender = keys.get(parseDid(value.fromDID))?.publicKey ?? '';
    expect(await verifyMessageProof(value, armoredKey(sender), NOW)).toMatchObject({ ok: true });
  }
}

describe('arbitrary calls', () => {
  it('ND-06 ND-09 ND-15 are answered with a result or a typed error, and store nothing', async () => {
    const { world, store, failures } = fuzzedNode();
    await fc.assert(
      fc.asyncProperty(
        anyRoute,
        fc.option(
          fc.oneof(
            anyJson.map((value) => JSON.stringify(value)),
            anyText,
          ),
        ),
        async (route, body) => {
          const sent = body === null || route.method === 'GET' ? {} : { body: wellFormed(body) };
          const answer = await world.node.fetch(
            new Request(`http://node.test${route.path}`, { method: route.method, ...sent }),
          );
          expect(answer.headers.has('set-cookie')).toBe(false);
          expectTyped(answer.status, await answer.text());
        },
      ),
      { numRuns: 1_500 },
    );
    expect(failures).toEqual([]);
    await expectVerified(store);
  });

  it('ND-06 ids outside their grammar are refused in every place of every path', async () => {
    const { world } = fuzzedNode();
    const paths = [routes.history('ID', 1), routes.message('ID'), routes.chats('ID', 1, 1), routes.updateProfile('ID')];
    for (const hostile of HOSTILE.map((value) => encodeURIComponent(wellFormed(value))).filter(Boolean)) {
      for (const { method, path } of [...paths, { method: 'GET', path: '/ipfs/ID' } as const]) {
        const { status } = await world.call(
          { method, path: path.replace('ID', hostile) },
          method === 'GET' ? undefined : '{}',
        );
        expect([400, 404], `${method} ${path} ${hostile}`).toContain(status);
      }
    }
  });

  it('arbitrary bytes and headers are answered too', async () => {
    const { world, store, failures } = fuzzedNode();
    const header = fc.tuple(
      fc.constantFrom(
        'accept',
        'content-type',
        'content-length',
        'authorization',
        'range',
        'x-request-id',
        'x-forwarded-for',
        'if-none-match',
      ),
      fc.string({ unit: fc.integer({ min: 32, max: 255 }).map((code) => String.fromCharCode(code)) }),
    );
    await fc.assert(
      fc.asyncProperty(
        anyRoute,
        fc.uint8Array({ maxLength: 500 }),
        fc.array(header, { maxLength: 4 }),
        async (route, bytes, headers) => {
          const body = route.method === 'GET' ? {} : { body: bytes.slice() };
          const request = new Request(`http://node.test${route.path}`, { method: route.method, headers, ...body });
          const answer = await world.node.fetch(request);
          expectTyped(answer.status, await answer.text());
        },
      ),
      { numRuns: 500 },
    );
    expect(failures).toEqual([]);
    await expectVerified(store);
  });
});

describe('changed calls', () => {
  type Post = readonly [Route, Readonly<Record<string, Json>>];
  let posts: readonly Post[];
  beforeAll(async () => {
    const of = async (route: Route, body: unknown): Promise<Post> => [route, (await body) as Post[1]];
    const { caip10, publicKey, encryptedPrivateKey, verificationProof } = vectorUser('alice').creation;
    posts = await Promise.all([
      ...['carol', 'dave', 'erin', 'frank', 'grace-scw', 'heidi-nft'].map((name) =>
        of(routes.createUser(), vectorUser(name).creation),
      ),
      of(routes.updateKeys(didOf('alice')), { caip10, publicKey, encryptedPrivateKey, verificationProof }),
      of(routes.updateProfile(didOf('alice')), profile('alice', [didOf('dave')], 'Alice')),
      of(routes.updateProfile(didOf('bob')), profile('bob', [])),
      of(routes.sendRequest(), sealed(text('May I?'))),
      of(routes.sendMessage(), sealed(text('Hello'))),
      of(routes.sendMessage(), sealed(text('Hello yourself'), { from: 'bob', to: 'alice' })),
      of(routes.acceptRequest(), acceptance('alice', 'bob')),
      of(routes.rejectRequest(), rejection('alice', 'bob')),
      of(routes.sendNotification(), targeted('alice', 'bob')),
      of(routes.sendNotification(), broadcast('alice', { flavour: 'wallet' })),
      of(routes.subscribe(caip('alice')), subscription('Subscribe', 'bob', 'alice')),
      of(routes.unsubscribe(caip('alice')), subscription('Unsubscribe', 'bob', 'alice', { flavour: 'wallet' })),
    ]);
  });

  /** Something else in a field: anything, what another body has there, or nearly the same. */
  type Change = (value: Json | undefined, place: string) => Json | undefined;
  const change: fc.Arbitrary<Change> = fc.oneof(
    anyJson.map(
      (to): Change =>
        () =>
          to as Json,
    ),
    fc.nat().map(
      (other): Change =>
        (_, place) =>
          posts[other % posts.length]![1][place],
    ),
    fc.constantFrom('x', ' ', '0').map(
      (more): Change =>
        (value) =>
          typeof value === 'string' ? value + more : more,
    ),
    fc.constant<Change>((value) => value),
  );

  /** Posts bodies with one field changed each, and a whole one now and then. */
  const postChanged = (world: NodeWorld, from: readonly Post[], numRuns: number): Promise<void> =>
    fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), change, async (which, at, changed) => {
        const [route, body] = from[which % from.length]!;
        const places = Object.keys(body);
        const place = places[at % places.length]!;
        const { status, body: answer } = await world.call(route, { ...body, [place]: changed(body[place], place) });
        expectTyped(status, JSON.stringify(answer));
      }),
      { numRuns },
    );

  it('leave nothing in the store that was not verified, whichever field holds what', async () => {
    const { world, store, failures } = fuzzedNode(await vectorChains());
    await world.join('alice', 'bob');
    await postChanged(world, posts, 800);
    expect(failures).toEqual([]);
    await expectVerified(store);
    expect(await store.read((rows) => rows.count(table<Block>('block')))).toBeGreaterThan(0);
  });

  it('leave groups as their members signed them', async () => {
    const { world, store, failures } = fuzzedNode();
    await world.join('alice', 'bob', 'carol', 'dave', 'frank');
    const calls = vectors.groups.flatMap(
      (group) => group.calls as unknown as { method: 'PUT'; path: string; body: Post[1] }[],
    );
    /** Ids of the official node's groups, by the names that they were made under, and what ours calls them. */
    const ours = new Map<string, string>();
    for (const [name, id] of OFFICIAL_IDS) {
      const made = calls.find(({ body }) => body['groupName'] === name)!;
      ours.set(id, (await world.call(made, made.body)).body.chatId as string);
    }
    const rewritten = calls.map(({ method, path, body }): Post => {
      const id = /[0-9a-f]{64}/.exec(path)?.[0] ?? '';
      return [{ method, path: path.replace(id, ours.get(id) ?? id) }, body];
    });
    await postChanged(world, rewritten, 500);
    expect(failures).toEqual([]);
    const signed = new Set(calls.map(({ body }) => body['groupName']));
    const kept = await store.read((rows) => rows.list(table<Group>('group'), { limit: 1_000 }));
    expect(kept.length).toBeGreaterThanOrEqual(OFFICIAL_IDS.length);
    for (const { value } of kept) {
      expect(signed).toContain(value.profile.groupName);
      expect(value.size).toBeLessThanOrEqual(6);
    }
  });

  it.each(STORES)(
    'ND-15 a text is a text in %s, whatever it would mean to a database, a shell or a log',
    async (_, open) => {
      const store = await open();
      const world = createNodeWorld(store);
      await world.join('alice', 'bob');
      const texts = HOSTILE.filter((value) => value.length <= MAX_WORD && wellFormed(value) === value);
      for (const hostile of texts) {
        world.clock.time += 10_000;
        const { status, body } = await world.call(
          routes.updateProfile(didOf('alice')),
          await profile('alice', [], hostile),
        );
        expect(status).toBe(201);
        expect(body.profile.name).toBe(hostile);
        const { body: found } = await world.call(routes.user(didOf('alice')));
        expect(found.profile.name).toBe(hostile);
      }
      expect((await world.call(routes.user(didOf('bob')))).body).toMatchObject({ did: didOf('bob') });
    },
  );

  it('ND-18 no address in what is posted is ever visited', async () => {
    let visits = 0;
    const trap = createServer((_, response) => {
      visits += 1;
      response.end();
    });
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void trap.close());
    const url = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/`;
    const { world } = fuzzedNode();
    await world.join('alice', 'bob');
    const posted = [
      await world.call(routes.updateProfile(didOf('alice')), await profile('alice', [], url)),
      await world.call(routes.sendRequest(), await sealed({ type: 'MediaEmbed', content: url })),
      await world.call(routes.createUser(), { ...vectorUser('dave').creation, origin: url }),
    ];
    expect(posted.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect((await fetch(url)).status).toBe(200);
    expect(visits).toBe(1);
  });
});

describe('arbitrary packets', () => {
  const CHAT = { mode: 'chat', did: didOf('bob') };

  const socketTo = (url: string, query: Record<string, string>): Socket =>
    io(url, { transports: ['websocket'], query, forceNew: true, reconnection: false });

  const heardBy = (socket: Socket, ...events: string[]): Promise<unknown> =>
    new Promise((resolve) => {
      for (const event of events) socket.once(event, resolve);
    });

  it('at the live connection end that connection at most; everybody else goes on hearing', async () => {
    const failures: unknown[] = [];
    const logger = { warn: (error: unknown) => failures.push(error) };
    const server = await startPushNode({ port: 0, memory: true, now: () => NOW.getTime(), logger });
    onTestFinished(() => server.close());
    const post = async (route: Route, body: unknown): Promise<number> =>
      (await fetch(server.url + route.path, { method: route.method, body: JSON.stringify(body) })).status;
    for (const name of ['alice', 'bob']) await post(routes.createUser(), vectorUser(name).creation);
    const listener = socketTo(server.url, CHAT);
    onTestFinished(() => void listener.close());
    await heardBy(listener, 'connect');

    const packet = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom('0', '2["CHATS",{}]', '51-["x",{"_placeholder":true,"num":0}]', '2["__proto__"]', '4{"x":', '9'),
      fc.tuple(fc.nat(6).map(String), fc.json({ maxDepth: 2 })).map(([type, rest]) => type + rest),
      fc.uint8Array({ maxLength: 300 }),
    );
    const query = fc.oneof(
      fc.constant(CHAT),
      fc.dictionary(
        fc.constantFrom('mode', 'did', 'address'),
        anyText.map((value) => wellFormed(value)),
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        query,
        fc.boolean(),
        fc.array(packet, { minLength: 1, maxLength: 8 }),
        async (asked, early, packets) => {
          const socket = socketTo(server.url, asked);
          const { engine } = socket.io;
          const send = (): void => {
            for (const data of packets) engine.write(data);
            engine.once('drain', () => socket.close());
          };
          if (early) engine.on('open', send);
          else socket.on('connect', send);
          socket.on('connect_error', () => socket.close());
          await new Promise((resolve) => engine.once('close', resolve));
        },
      ),
      { numRuns: 80 },
    );

    const heard = heardBy(listener, 'CHATS');
    expect(await post(routes.sendRequest(), await sealed(text('still there')))).toBe(201);
    expect(await heard).toMatchObject({ fromDID: didOf('alice') });
    expect(failures).toEqual([]);
  });

  it('at the port end in an answer of HTTP or in nothing', async () => {
    const server = await startPushNode({ port: 0, memory: true, now: () => NOW.getTime() });
    onTestFinished(() => server.close());
    const talk = (sent: Uint8Array): Promise<string> =>
      new Promise((resolve) => {
        let answer = '';
        const socket = connect(server.port, '127.0.0.1', () => socket.end(sent));
        socket.on('data', (part) => (answer += part.toString()));
        socket.on('error', () => undefined);
        socket.on('close', () => resolve(answer));
      });
    const line = fc.tuple(
      fc.constantFrom('GET', 'POST', 'PUT', 'HEAD', 'TRACE', 'CONNECT', '\0'),
      anyText,
      fc.array(anyText, { maxLength: 5 }),
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      line.map(([method, path, headers]) =>
        Buffer.from([`${method} /${path} HTTP/1.1`, ...headers, '', ''].join('\r\n')),
      ),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (sent) => {
        const answer = await talk(sent);
        expect(answer).toMatch(/^(HTTP\/1\.1 [1-5]\d\d |$)/);
        expect(answer).not.toMatch(STACK);
        expect(answer).not.toMatch(/^HTTP\/1\.1 500/);
        expect(answer).not.toMatch(/^set-cookie/im);
      }),
      { numRuns: 150 },
    );
    expect((await fetch(server.url + routes.user(didOf('alice')).path)).status).toBe(200);
  });
});
