import { CarReader } from '@ipld/car';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createPinner } from '../../src/node/ipfs/pinner.ts';
import { createMemoryStore } from '../../src/node/store/memoryStore.ts';
import type { NodeStore } from '../../src/node/store/store.ts';
import { blockCid } from '../../src/protocol/cid.ts';
import type { PushChatError } from '../../src/errors.ts';
import { createNodeWorld, type NodeWorld, type Stored } from './nodeWorld.ts';

let store: NodeStore;
let world: NodeWorld;
let first: Stored;
beforeEach(async () => {
  store = createMemoryStore();
  world = createNodeWorld(store);
  await world.join('alice', 'bob');
  first = (await world.ask('alice', 'bob')).body as Stored;
});

const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
  world.node.fetch(new Request(`http://node.test${path}`, { method, headers }));
const bytesOf = async (response: Response): Promise<Uint8Array> => new Uint8Array(await response.arrayBuffer());

describe('the trustless gateway', () => {
  it.each([
    ['?format=raw', {}],
    ['', { accept: 'application/vnd.ipld.raw' }],
    ['?format=raw', { accept: 'application/vnd.ipld.car' }],
  ])('serves the bytes that a CID names (%s, %j)', async (query, headers) => {
    const response = await get(`/ipfs/${first.cid}${query}`, headers);
    expect(response.headers.get('content-type')).toBe('application/vnd.ipld.raw');
    expect(blockCid(await bytesOf(response))).toBe(first.cid);
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(response.headers.get('x-ipfs-roots')).toBe(first.cid);
  });

  it('serves them as an archive of which they are the root', async () => {
    const response = await get(`/ipfs/${first.cid}?format=car`);
    expect(response.headers.get('content-type')).toMatch(/^application\/vnd\.ipld\.car; version=1/);
    const archive = await CarReader.fromBytes(await bytesOf(response));
    expect((await archive.getRoots()).map(String)).toEqual([first.cid]);
    for await (const { cid, bytes } of archive.blocks()) expect(blockCid(bytes)).toBe(cid.toString());
  });

  it('answers whoever has them already, or asks for their headers alone, without a body', async () => {
    const etag = (await get(`/ipfs/${first.cid}?format=raw`)).headers.get('etag') ?? '';
    const again = await get(`/ipfs/${first.cid}?format=raw`, { 'if-none-match': etag });
    expect([again.status, (await bytesOf(again)).length]).toEqual([304, 0]);
    const head = await get(`/ipfs/${first.cid}?format=car`, {}, 'HEAD');
    expect([head.status, (await bytesOf(head)).length]).toEqual([200, 0]);
  });

  it.each([
    ['ID', 400],
    ['ID?format=dag-json', 400],
    ['bafyreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy?format=raw', 404],
    ['QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWKPbdG?format=raw', 400],
    ['ID/path?format=raw', 404],
  ])('refuses /ipfs/%s with %i', async (path, status) => {
    expect((await get(`/ipfs/${path.replace('ID', first.cid)}`)).status).toBe(status);
  });
});

/** The part of an IPFS node's RPC that is used, with the behaviour that Kubo documents: a real server, a real CID. */
async function ipfsNode() {
  const pinned = new Map<string, Uint8Array>();
  const state = { isUp: true, lies: false };
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '', 'http://rpc');
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const form = await new Response(Buffer.concat(parts), {
        headers: { 'content-type': request.headers['content-type'] ?? '' },
      }).formData();
      const data = form.get('data');
      const isPut = request.method === 'POST' && url.pathname === '/api/v0/block/put';
      const asked = ['cid-codec', 'mhtype', 'pin'].map((name) => url.searchParams.get(name)).join();
      if (!state.isUp || !isPut || asked !== 'dag-cbor,sha2-256,true' || !(data instanceof Blob)) {
        response.writeHead(500).end(JSON.stringify({ Message: 'no', Code: 0, Type: 'error' }));
        return;
      }
      const bytes = new Uint8Array(await data.arrayBuffer());
      const cid = state.lies ? 'bafyreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy' : blockCid(bytes);
      pinned.set(cid, bytes);
      response.end(JSON.stringify({ Key: cid, Size: bytes.length }));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { pinned, state, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('putting blocks to an IPFS node', () => {
  it('puts every block once, and each new one', async () => {
    const { pinned, url } = await ipfsNode();
    await world.accept('alice', 'bob');
    const second = (await world.send('bob', 'alice')).body as Stored;
    const { pin } = createPinner({ store, warn: () => undefined }, { url });
    expect(await pin()).toBe(false);
    expect([...pinned.keys()].sort()).toEqual([first.cid, second.cid].sort());
    for (const [cid, bytes] of pinned) expect(blockCid(bytes)).toBe(cid);
    pinned.clear();
    const third = (await world.send('alice', 'bob')).body as Stored;
    await createPinner({ store, warn: () => undefined }, { url }).pin();
    expect([...pinned.keys()]).toEqual([third.cid]);
  });

  it('holds up no message while the IPFS node is away, and goes on where it was', async () => {
    const { pinned, state, url } = await ipfsNode();
    const { pin } = createPinner({ store, warn: () => undefined }, { url });
    state.isUp = false;
    await expect(pin()).rejects.toMatchObject({ code: 'NodeError' });
    await expect(
      createPinner({ store, warn: () => undefined }, { url: 'http://127.0.0.1:1' }).pin(),
    ).rejects.toMatchObject({
      code: 'NetworkUnavailable',
    });
    expect((await world.send('alice', 'bob')).status).toBe(201);
    state.isUp = true;
    await pin();
    expect(pinned.size).toBe(2);
  });

  it('says so when the IPFS node names a block otherwise', async () => {
    const { state, url } = await ipfsNode();
    const heard: PushChatError[] = [];
    state.lies = true;
    await createPinner({ store, warn: (error) => heard.push(error) }, { url }).pin();
    expect(heard.map(({ code }) => code)).toEqual(['CidMismatch']);
  });
});
