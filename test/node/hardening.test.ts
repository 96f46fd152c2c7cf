import { connect } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startPushNode, type RunningNode } from '../../src/node/httpServer.ts';
import { routes } from '../../src/protocol/routes.ts';
import { didOf } from '../support/builders.ts';

async function start(): Promise<RunningNode> {
  const server = await startPushNode({ port: 0, host: '127.0.0.1', memory: true });
  onTestFinished(() => server.close());
  return server;
}

const isAlive = async ({ url }: RunningNode): Promise<boolean> =>
  (await (await fetch(url + routes.user(didOf('alice')).path)).json()) === null;

/** Sends parts until the other side has had enough, and gives what it said. */
const flood = (port: number, head: string, part: string, most = 10_000): Promise<string> =>
  new Promise((resolve) => {
    let answer = '';
    let sent = 0;
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(head);
      const more = (): void => {
        while (sent < most && !socket.destroyed) {
          sent += 1;
          if (!socket.write(part)) {
            socket.once('drain', more);
            return;
          }
        }
      };
      more();
    });
    socket.on('data', (data) => (answer += data.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });

const POST = `POST ${routes.sendMessage().path} HTTP/1.1\r\nHost: node.test\r\n`;

describe('callers who mean no good', () => {
  it('ND-07 get no more read than a message may have: a body of 100 MB', async () => {
    const server = await start();
    const answer = await flood(server.port, `${POST}Content-Length: 100000000\r\n\r\n`, 'x'.repeat(10_000));
    expect(answer).toContain('HTTP/1.1 413');
    expect(await isAlive(server)).toBe(true);
  });

  it('ND-07 get no more read than a message may have: chunks without end', async () => {
    const server = await start();
    const chunk = `${(10_000).toString(16)}\r\n${'x'.repeat(10_000)}\r\n`;
    expect(await flood(server.port, `${POST}Transfer-Encoding: chunked\r\n\r\n`, chunk)).toContain('HTTP/1.1 413');
    expect(await isAlive(server)).toBe(true);
  });

  it('ND-07 are refused 10,000 headers', async () => {
    const server = await start();
    expect(await flood(server.port, POST, 'X-Header: value\r\n')).toContain('HTTP/1.1 431');
    expect(await isAlive(server)).toBe(true);
  });

  it.each([
    ['deep JSON', '['.repeat(100_000)],
    ['a bomb that pretends to be JSON', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]).toString('latin1')],
  ])('ND-07 are refused %s', async (_, body) => {
    const server = await start();
    const answer = await fetch(server.url + routes.sendMessage().path, {
      method: 'POST',
      body,
      headers: { 'content-encoding': 'gzip' },
    });
    expect(answer.status).toBe(400);
    expect(await isAlive(server)).toBe(true);
  });

  const socketTo = ({ url }: RunningNode): Promise<Socket> => {
    const query = { mode: 'chat', did: didOf('alice') };
    const socket = io(url, { transports: ['websocket'], query, forceNew: true, reconnection: false });
    onTestFinished(() => void socket.close());
    return new Promise((resolve) => {
      socket.once('connect', () => resolve(socket));
    });
  };

  it.each([
    [
      'a flood of events',
      (socket: Socket) => {
        for (let i = 0; i < 5_000; i += 1) socket.emit('anything', i);
      },
    ],
    ['an event that is too large', (socket: Socket) => socket.emit('proof', 'x'.repeat(100_000))],
    [
      'many attachments',
      (socket: Socket) =>
        socket.emit(
          'anything',
          Array.from({ length: 500 }, () => new Uint8Array(4)),
        ),
    ],
    ['a packet that is none', (socket: Socket) => socket.io.engine.write('99["no such packet"')],
    ['a proof that is none', (socket: Socket) => socket.emit('proof', { not: 'a text' })],
  ])('ND-13 are disconnected for %s, and nobody else is', async (_, misbehave) => {
    const server = await start();
    const [bad, good] = [await socketTo(server), await socketTo(server)];
    const ended = new Promise((resolve) => bad.once('disconnect', resolve));
    misbehave(bad);
    await ended;
    expect(good.connected).toBe(true);
    expect(await isAlive(server)).toBe(true);
  });

  it('DU-07 hold up no shutdown: sockets are told, calls under way are answered or ended', async () => {
    const server = await startPushNode({ port: 0, host: '127.0.0.1', memory: true });
    const sockets = await Promise.all(Array.from({ length: 50 }, () => socketTo(server)));
    const told = sockets.map((socket) => new Promise((resolve) => socket.once('disconnect', resolve)));
    const stuck = flood(server.port, `${POST}Content-Length: 50\r\n\r\n`, 'x', 1);
    const calls = Array.from({ length: 20 }, () => isAlive(server).catch(() => 'ended'));
    await server.close();
    // Clients come back by themselves after any of these, and would not after having left themselves.
    for (const reason of await Promise.all(told)) expect(['transport close', 'io server disconnect']).toContain(reason);
    for (const call of await Promise.all(calls)) expect([true, 'ended']).toContain(call);
    await stuck;
  });
});
