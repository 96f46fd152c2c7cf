import { createServer } from 'node:http';
import { fallbackRouter } from '@helia/fallback-router';
import { trustlessGatewayBlockBroker } from '@helia/trustless-gateway-client';
import { CarReader } from '@ipld/car';
import { createHeliaLight } from 'helia';
import { CID } from 'multiformats/cid';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startPushNode } from '../../src/node/httpServer.ts';
import { encodeBlock } from '../../src/protocol/cid.ts';
import { routes } from '../../src/protocol/routes.ts';
import { sealed, text } from '../support/builders.ts';
import { vectorUser } from '../support/vectors.ts';

/** A node with a short chat in it, and its messages as it answered them. */
async function startChat() {
  const node = await startPushNode({ port: 0, memory: true });
  onTestFinished(() => node.close());
  const post = async ({ path }, body) =>
    (await fetch(node.url + path, { method: 'POST', body: JSON.stringify(body) })).json();
  for (const name of ['alice', 'bob']) await post(routes.createUser(), vectorUser(name).creation);
  const messages = [await post(routes.sendRequest(), await sealed(text('May I?')))];
  for (const words of ['one', 'two']) messages.push(await post(routes.sendMessage(), await sealed(text(words))));
  return { url: node.url, messages };
}

/** Without an ordinary router that finishes by itself, Helia never comes to ask the fallback. */
const nobody = {
  name: 'nobody',
  async *findProviders() {
    await new Promise((resolve) => setImmediate(resolve));
  },
};

/** Helia's own way to a gateway's blocks, one at a time. */
const blocks = () => trustlessGatewayBlockBroker({ allowLocal: true, allowInsecure: true });

/** What a gateway's archive of the CID begins with; Helia itself checks what comes from here. */
const archives = (gateway) => () => ({
  name: 'archives',
  async retrieve(cid, { signal }) {
    const answer = await fetch(`${gateway}/ipfs/${cid}?format=car`, { signal });
    if (!answer.ok) throw new RangeError(`The gateway answered ${answer.status}.`);
    const archive = await CarReader.fromBytes(new Uint8Array(await answer.arrayBuffer()));
    expect((await archive.getRoots()).map(String)).toEqual([cid.toString()]);
    for await (const { bytes } of archive.blocks()) return bytes;
    throw new RangeError('The archive is empty.');
  },
});

/** An IPFS node in JavaScript that knows no other way to blocks than this gateway. */
async function startHelia(gateway, way) {
  const helia = await createHeliaLight({
    blockBrokers: [way(gateway)],
    routers: [nobody, fallbackRouter({ gateways: [gateway] })],
  }).start();
  onTestFinished(() => helia.stop());
  return async (cid) => {
    const parts = [];
    for await (const part of helia.blockstore.get(CID.parse(cid), { signal: AbortSignal.timeout(5_000) }))
      parts.push(part);
    return Buffer.concat(parts);
  };
}

/** Why Helia has no such block: an answer it did not take, never that it waited in vain. */
async function refusal(got) {
  const error = await got.then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toMatchObject({ name: 'LoadBlockFailedError' });
  return [error, ...error.errors].flatMap((each) => [each, ...(each.errors ?? [])]).join('\n');
}

/** A gateway that hands on what another says, with some bits of its last byte changed. */
async function startChanging(url, bits) {
  const server = createServer((request, response) => {
    void fetch(url + request.url).then(async (answer) => {
      const bytes = Buffer.from(await answer.arrayBuffer());
      bytes[bytes.length - 1] ^= bits;
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(bytes);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${server.address().port}`;
}

describe.each([
  // Of the answers that failed its check the broker keeps no error, of all others it makes an AggregateError.
  ['single blocks', blocks, /^Error: .* from any gateway$/m],
  ['archives', archives, /^InvalidMultihashError: /m],
])('Helia, by %s', (_, way, reason) => {
  it('fetches every block of a chat from our node, byte for byte, along its links', async () => {
    const { url, messages } = await startChat();
    const get = await startHelia(url, way);
    const { cid: head } = messages.at(-1);
    const read = [];
    for (let cid = head; cid !== null; cid = messages.find((message) => message.cid === cid)?.link ?? null) {
      const { cid: _cid, chatId: _chatId, ...block } = messages.find((message) => message.cid === cid);
      expect(await get(cid)).toEqual(Buffer.from(encodeBlock(block)));
      read.push(cid);
    }
    expect(read).toEqual(messages.map(({ cid }) => cid).reverse());
  });

  it('is told of no block that our node does not have', async () => {
    const { url, messages } = await startChat();
    const get = await startHelia(url, way);
    const unknown = 'bafyreibjzjnoiph2444iqmwlro5x3upuft6iau3lpsudju4dvzvh6kjwia';
    expect(messages.map(({ cid }) => cid)).not.toContain(unknown);
    expect(await refusal(get(unknown))).toContain('404');
  });

  it('refuses a block of which one bit was changed on the way', async () => {
    const { url, messages } = await startChat();
    const [honest, lying] = [
      await startHelia(await startChanging(url, 0), way),
      await startHelia(await startChanging(url, 1), way),
    ];
    expect(await honest(messages[0].cid)).not.toHaveLength(0);
    expect(await refusal(lying(messages[0].cid))).toMatch(reason);
  });
});
