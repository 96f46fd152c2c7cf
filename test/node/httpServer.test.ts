import { connect } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startPushNode, type PushServerConfig, type RunningNode } from '../../src/node/httpServer.ts';
import { routes } from '../../src/protocol/routes.ts';
import { caip, targeted } from '../support/notifications.ts';
import { didOf, NOW, sealed, text } from '../support/builders.ts';
import { vectorUser } from '../support/vectors.ts';
import { temporaryFolder } from './nodeWorld.ts';

async function start(config: Partial<PushServerConfig> = { memory: true }): Promise<RunningNode> {
  const server = await startPushNode({ port: 0, now: () => NOW.getTime(), ...config });
  onTestFinished(() => server.close());
  return server;
}

const post = (url: string, path: string, body: unknown): Promise<Response> =>
  fetch(url + path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

async function join(url: string, ...names: string[]): Promise<void> {
  for (const name of names) await post(url, routes.createUser().path, vectorUser(name).creation);
}

function socketTo(
  url: string,
  query: Record<string, string>,
  transport: 'websocket' | 'polling' = 'websocket',
): Socket {
  const socket = io(url, { transports: [transport], query, forceNew: true, reconnection: false });
  onTestFinished(() => void socket.close());
  return socket;
}

const once = (socket: Socket, event: string): Promise<unknown> =>
  new Promise((resolve) => {
    socket.once(event, resolve);
  });

/** Sends bytes as they are, and gives what comes back until the connection ends. */
const talk = (port: number, sent: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.end(sent));
    socket.on('data', (part) => (answer += part.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });

describe('a node behind a port', () => {
  it('answers on both addresses of this machine as one', async () => {
    const { port, url } = await start();
    expect(url).toBe(`http://localhost:${port}`);
    await join(`http://127.0.0.1:${port}`, 'alice');
    for (const host of ['127.0.0.1', '[::1]', 'localhost']) {
      const answer = await fetch(`http://${host}:${port}${routes.user(didOf('alice')).path}`, {
        headers: { 'x-js-sdk-version': '1' },
      });
      expect(await answer.json()).toMatchObject({ did: didOf('alice') });
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    }
  });

  it('tells each side of a message live, whatever the spelling of the account', async () => {
    const { url, port } = await start();
    await join(url, 'alice', 'bob');
    const sockets = [
      socketTo(`http://127.0.0.1:${port}`, { mode: 'chat', did: didOf('alice') }),
      socketTo(`http://[::1]:${port}`, { mode: 'chat', did: didOf('bob').toLowerCase() }),
    ];
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    const heard = Promise.all(sockets.map((socket) => once(socket, 'CHATS')));
    const stored = (await (await post(url, routes.sendRequest().path, await sealed(text('x')))).json()) as object;
    const event = { ...stored, messageCategory: 'Request', hasIntent: false };
    expect(await heard).toEqual([
      { ...event, messageOrigin: 'self' },
      { ...event, messageOrigin: 'other' },
    ]);
  });

  it('tells chat connections of chats alone, and those for notifications of notifications alone', async () => {
    const { url } = await start();
    await join(url, 'alice', 'bob');
    const [chats, feeds] = [
      socketTo(url, { mode: 'chat', did: didOf('bob') }),
      socketTo(url, { address: caip('bob') }),
    ];
    const heard: string[] = [];
    chats.onAny((event) => heard.push(`chats: ${event}`));
    feeds.onAny((event) => heard.push(`feeds: ${event}`));
    await Promise.all([chats, feeds].map((socket) => once(socket, 'connect')));
    const both = Promise.all([once(chats, 'CHATS'), once(feeds, 'userSpamFeeds')]);
    await post(url, routes.sendNotification().path, await targeted('alice', 'bob'));
    await post(url, routes.sendRequest().path, await sealed(text('x')));
    await both;
    expect(heard.filter((event) => !event.endsWith('challenge')).sort()).toEqual([
      'chats: CHATS',
      'feeds: userSpamFeeds',
    ]);
  });

  it.each<Record<string, string>>([
    { mode: 'chat', did: 'bob.eth' },
    { mode: 'chat', did: '' },
    { mode: 'chat' },
    { mode: 'notification', address: 'eip155:1:0x0' },
    { address: 'eip155:1:0x0' },
    {},
  ])('disconnects whoever asks for %j', async (query) => {
    const { url } = await start();
    expect(await once(socketTo(url, query), 'disconnect')).toBe('io server disconnect');
  });

  it('knows no polling', async () => {
    const { url } = await start();
    expect(await once(socketTo(url, { mode: 'chat', did: didOf('bob') }, 'polling'), 'connect_error')).toBeInstanceOf(
      Error,
    );
  });

  it('ND-07 answers 413 to a body that is announced or turns out too large, and goes on serving others', async () => {
    const { url } = await start();
    const large = new Uint8Array(1_100_000);
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(large.subarray(0, 100_000)),
    });
    for (const body of [large, endless]) {
      const answer = fetch(url + routes.sendMessage().path, { method: 'POST', body, duplex: 'half' } as RequestInit);
      // The connection may end while the rest is still being sent.
      const status = await answer.then(
        ({ status }) => status,
        () => 'closed',
      );
      expect([413, 'closed']).toContain(status);
    }
    expect((await fetch(url + routes.user(didOf('alice')).path)).status).toBe(200);
  });

  it.each([
    'GET // HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    'GET /apis/v2/users/?caip10=%ff HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n',
    'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    'TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde',
    `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    'nonsense\r\n\r\n',
    'POST /apis/v2/users/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{',
  ])('ND-07 survives %j', async (sent) => {
    const { url, port } = await start();
    expect(await talk(port, sent)).not.toMatch(/node_modules|at .*\.ts/);
    expect((await fetch(url + routes.user(didOf('alice')).path)).status).toBe(200);
  });

  it('says that a port is taken, with the cause, and leaves nothing behind', async () => {
    const { port } = await start();
    await expect(startPushNode({ port, memory: true })).rejects.toMatchObject({
      code: 'InvalidConfig',
      cause: { code: 'EADDRINUSE' },
    });
  });

  it('wants to know where to keep everything', async () => {
    await expect(startPushNode({ port: 0 })).rejects.toMatchObject({ code: 'InvalidConfig' });
    await expect(startPushNode({ port: 0, memory: true, dataDir: 'x' })).rejects.toMatchObject({
      code: 'InvalidConfig',
    });
  });

  it('closes: disconnects, frees port and folder; and has everything again on the next start', async () => {
    const dataDir = await temporaryFolder();
    const first = await start({ dataDir });
    await join(first.url, 'alice');
    const socket = socketTo(first.url, { mode: 'chat', did: didOf('alice') });
    await once(socket, 'connect');
    const disconnected = once(socket, 'disconnect');
    await Promise.all([first.close(), first.close()]);
    await disconnected;
    const second = await start({ dataDir, port: first.port });
    expect(await (await fetch(second.url + routes.user(didOf('alice')).path)).json()).toMatchObject({
      did: didOf('alice'),
    });
  });
});
