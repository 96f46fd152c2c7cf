import { CID } from 'multiformats/cid';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createPushNode } from '../../src/node/createPushNode.ts';
import { createMemoryStore } from '../../src/node/store/memoryStore.ts';
import { blockCid } from '../../src/protocol/cid.ts';
import { parseFeed } from '../../src/protocol/parseAnswer.ts';
import { routes } from '../../src/protocol/routes.ts';
import { didOf, NOW, sealed, text } from '../support/builders.ts';
import { createNodeWorld, type NodeWorld } from './nodeWorld.ts';

let world: NodeWorld;
beforeEach(() => {
  world = createNodeWorld();
});

const request = (path: string, init?: RequestInit): Promise<Response> =>
  world.node.fetch(new Request(`http://node.test${path}`, init));
const get = (path: string): ReturnType<NodeWorld['call']> => world.call({ method: 'GET', path });

describe('every answer', () => {
  it('ND-16 is open to every page and to no credentials, errors and preflight too', async () => {
    const preflight = await request('/apis/v1/chat/message', {
      method: 'OPTIONS',
      headers: { 'access-control-request-headers': 'x-js-sdk-version' },
    });
    expect(preflight.status).toBe(204);
    const answers = [
      preflight,
      await request(routes.user(didOf('alice')).path),
      await request('/nowhere'),
      await request('/apis/v2/users/', { method: 'POST' }),
    ];
    for (const { headers } of answers) {
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('access-control-allow-headers')).toContain('x-js-sdk-version');
      expect(headers.has('access-control-allow-credentials')).toBe(false);
    }
  });

  it('is JSON for unknown addresses and methods, and for unknown groups', async () => {
    const group = 'a'.repeat(64);
    for (const path of [
      '/',
      '/apis',
      '/apis/v2/channels',
      `/apis/v1/chat/groups/${group}`,
      `/apis/v2/chat/groups/${group}/members`,
    ]) {
      expect(await get(path)).toMatchObject({ status: 404, body: { status: 'ERROR', details: { code: 'NotFound' } } });
    }
    expect((await world.call({ method: 'PUT', path: '/apis/v1/chat/request' }, {})).status).toBe(404);
    expect((await world.call({ method: 'POST', path: '/apis/v1/spaces' }, {})).status).toBe(404);
  });

  it('ND-06 refuses ids outside their grammar', async () => {
    const ids = [
      '..',
      '../../etc/passwd',
      '%2e%2e%2f',
      '..%5c',
      'nul%00',
      'CON',
      '💥',
      'a'.repeat(4096),
      `v2:${'A'.repeat(64)}`,
      'Qm'.padEnd(46, 'a'),
    ];
    for (const id of ids) {
      for (const path of [
        `/apis/v1/ipfs/${id}`,
        `/apis/v1/chat/conversationhash/${id}`,
        `/apis/v1/chat/users/${id}/chats`,
      ]) {
        const { status } = await get(path);
        expect([path.slice(0, 60), [400, 404].includes(status)]).toEqual([path.slice(0, 60), true]);
      }
      if (id === '..') continue;
      expect((await get(`/apis/v1/ipfs/${encodeURIComponent(id)}`)).status).toBe(400);
      expect((await get(`/apis/v1/chat/users/${didOf('alice')}/chat/${encodeURIComponent(id)}`)).status).toBe(400);
      expect((await get(`/apis/v2/users/?caip10=${encodeURIComponent(id)}`)).status).toBe(400);
    }
  });

  it('ND-06 says that a message of a well-formed id is not here', async () => {
    for (const id of [`v2:${'a'.repeat(64)}`, `previous:v2:${'a'.repeat(64)}`, blockCid(new Uint8Array(1))]) {
      expect((await get(routes.message(id).path)).status).toBe(404);
      expect((await get(routes.history(id, 10).path)).status).toBe(404);
    }
  });

  it('ND-07 refuses bodies that are too large, no JSON, no UTF-8 or nothing, before they are read whole', async () => {
    const post = (body: BodyInit | null, headers?: HeadersInit): Promise<Response> =>
      request('/apis/v1/chat/message', {
        method: 'POST',
        body,
        ...(headers && { headers }),
        duplex: 'half',
      } as RequestInit);
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    expect((await post(endless)).status).toBe(413);
    expect(pulled).toBeLessThan(32);
    expect((await post('{}', { 'content-length': '104857600' })).status).toBe(413);
    for (const body of [
      '',
      '{',
      'null',
      '[]',
      '"x"',
      '{"fromDID":1}',
      new Uint8Array([0xff, 0xfe]),
      '['.repeat(100_000),
    ]) {
      expect((await post(body)).status).toBe(400);
    }
  });

  it('ND-17 keeps the reason of an unexpected failure to the operator', async () => {
    const secret = '/home/operator/push-node.db is gone';
    const warn = vi.fn();
    const broken = { ...createMemoryStore(), read: () => Promise.reject(new RangeError(secret)) };
    const node = createPushNode({ store: broken, logger: { warn }, now: () => NOW.getTime() });
    const answer = await node.fetch(new Request(`http://node.test${routes.user(didOf('alice')).path}`));
    expect(answer.status).toBe(500);
    const body = await answer.text();
    expect(JSON.parse(body)).toEqual({
      status: 'ERROR',
      errorCode: '00000000000',
      message: 'Unexpected failure.',
      details: { code: 'Internal', requestId: answer.headers.get('x-request-id') },
      timestamp: NOW.toISOString(),
    });
    expect(body).not.toContain('operator');
    expect(warn).toHaveBeenCalledWith(
      expect.objectContaining({ code: 'Internal', cause: expect.objectContaining({ message: secret }) }),
    );
  });

  it('ND-17 says nothing of stacks or keys when it refuses', async () => {
    await world.join('alice', 'bob');
    const body = await sealed(text('canary'));
    const refusals = [
      await world.call(routes.sendMessage(), body),
      await world.call(routes.sendRequest(), { ...body, verificationProof: 'pgpv3:canary' }),
      await world.call(routes.createUser(), {
        caip10: 'canary',
        did: 'canary',
        publicKey: 'canary',
        encryptedPrivateKey: 'canary',
      }),
      await world.call(routes.sendRequest(), '{"canary'),
    ];
    for (const { status, body: refusal } of refusals) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(JSON.stringify(refusal)).not.toMatch(/PGP|\bat |node_modules|\.ts\b/);
    }
  });
});

describe('reading', () => {
  beforeEach(async () => {
    await world.join('alice', 'bob', 'carol');
  });

  it('gives a message by its CID as JSON, and as the very bytes that the CID names', async () => {
    const { body: stored } = await world.ask('alice', 'bob');
    const { chatId: _, ...message } = stored;
    expect((await get(routes.message(stored.cid).path)).body).toEqual(message);
    const raw = [
      await request(`${routes.message(stored.cid).path}?format=raw`),
      await request(routes.message(stored.cid).path, { headers: { accept: 'application/vnd.ipld.raw' } }),
      await request(`/ipfs/${String(stored.cid)}?format=raw`),
    ];
    for (const answer of raw) {
      expect(answer.headers.get('content-type')).toBe('application/vnd.ipld.raw');
      expect(blockCid(new Uint8Array(await answer.arrayBuffer()))).toBe(stored.cid);
    }
    expect(CID.parse(stored.cid).code).toBe(0x71);
  });

  it('walks history backwards from any message, ten by default and thirty at most', async () => {
    await world.ask('alice', 'bob');
    for (let i = 0; i < 12; i++) await world.send('alice', 'bob', String(i));
    const all = (await world.history('alice', 'bob')).map(({ cid }) => cid).reverse();
    const read = async (path: string): Promise<string[]> =>
      (await get(path)).body.map(({ cid }: { cid: string }) => cid);
    expect(await read(`/apis/v1/chat/conversationhash/${String(all[0])}`)).toEqual(all.slice(0, 10));
    expect(await read(routes.history(all[4] ?? '', 3).path)).toEqual(all.slice(4, 7));
    for (const limit of ['0', '31', '-1', '1.5', 'x', '']) {
      expect((await get(`/apis/v1/chat/conversationhash/${String(all[0])}?fetchLimit=${limit}`)).status).toBe(400);
    }
  });

  it('lists chats and requests as the protocol has them', async () => {
    const { body: stored } = await world.ask('alice', 'bob');
    const { body } = await get(routes.requests(didOf('bob'), 1, 10).path);
    const alice = (await get(routes.user(didOf('alice')).path)).body;
    expect(body.requests).toEqual([
      {
        msg: { ...stored, chatId: undefined },
        did: alice.did,
        wallets: alice.wallets,
        profilePicture: alice.profile.picture,
        name: null,
        about: null,
        publicKey: alice.publicKey,
        threadhash: stored.cid,
        intent: didOf('alice'),
        intentSentBy: didOf('alice'),
        intentTimestamp: NOW.toISOString(),
        combinedDID: [didOf('alice'), didOf('bob')].sort().join('_'),
        chatId: stored.chatId,
        groupInformation: null,
      },
    ]);
    expect(() => parseFeed(body.requests[0])).not.toThrow();
    for (const bad of ['page=0&limit=1', 'page=1&limit=0', 'page=1&limit=31', 'page=x&limit=1', 'page=1e3&limit=1']) {
      expect((await get(`/apis/v1/chat/users/${didOf('bob')}/requests?${bad}`)).status).toBe(400);
    }
  });

  it('finds a chat by account in every spelling and by its id, for its members only', async () => {
    const { body: stored } = await world.ask('alice', 'bob');
    const [me, peer] = [didOf('alice'), didOf('bob')];
    for (const recipient of [peer, peer.toLowerCase(), peer.replace('eip155:', 'eip155:10:'), stored.chatId]) {
      expect((await get(routes.chat(me, recipient).path)).body).toMatchObject({ did: peer, chatId: stored.chatId });
      expect((await get(routes.head(me, recipient).path)).body).toEqual({ threadHash: stored.cid, intent: true });
      expect((await get(`/apis/v1/w2w/users/${me}/conversations/${String(recipient)}/hash`)).body.threadHash).toBe(
        stored.cid,
      );
      expect((await get(`/apis/v1/chat/${String(recipient)}/address/${me.toLowerCase()}`)).body).toMatchObject({
        list: 'CHATS',
        chatId: stored.chatId,
        participants: expect.toSatisfy((dids: string[]) => dids.find((did) => did !== me.toLowerCase()) === peer),
        meta: { group: false, recipients: [{}, {}] },
      });
    }
    expect((await get(routes.head(peer, me).path)).body).toEqual({ threadHash: stored.cid, intent: false });
    const other = didOf('carol');
    expect((await get(routes.chat(other, stored.chatId).path)).body).toEqual({});
    expect((await get(routes.head(other, me).path)).body).toEqual({ threadHash: null, intent: false });
    expect((await get(`/apis/v1/chat/${me}/address/${other}`)).body).toEqual({
      meta: null,
      list: 'UNINITIALIZED',
      participants: [],
      chatId: null,
    });
    expect((await get(`/apis/v1/chat/${String(stored.chatId)}/address/${other}`)).body).toBeNull();
  });
});

describe('listening', () => {
  it('is by account, not by spelling; ends when stopped; and one that throws disturbs nobody', async () => {
    await world.join('alice', 'bob');
    const heard: string[] = [];
    const did = didOf('bob');
    world.node.connect(did, () => {
      throw new RangeError('mine alone');
    });
    const { stop } = world.node.connect(did.toLowerCase(), (event) => heard.push(event));
    expect((await world.ask('alice', 'bob')).status).toBe(201);
    stop();
    await world.send('alice', 'bob');
    expect(heard).toEqual(['CHATS']);
    expect(() => world.node.connect('bob.eth', () => undefined)).toThrow(
      expect.objectContaining({ code: 'InvalidAddress' }),
    );
  });

  it('is limited for each account', () => {
    const connect = () => world.node.connect(didOf('bob'), () => undefined);
    const connections = Array.from({ length: 64 }, connect);
    expect(connections.every(({ isListening }) => isListening())).toBe(true);
    expect(connect().isListening()).toBe(false);
    connections[0]?.stop();
    expect(connect().isListening()).toBe(true);
  });
});
