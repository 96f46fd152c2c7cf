import { describe, expect, it, onTestFinished } from 'vitest';
import { PushChatError } from '../../src/errors.ts';
import { startPushNode } from '../../src/node/httpServer.ts';
import { createLog } from '../../src/node/log.ts';
import { createMemoryStore } from '../../src/node/store/memoryStore.ts';
import { routes } from '../../src/protocol/routes.ts';
import { didOf, NOW } from '../support/builders.ts';
import { vectorUser } from '../support/vectors.ts';
import { createNodeWorld } from './nodeWorld.ts';

function logged(level: 'all' | 'warn') {
  const lines: string[] = [];
  const log = createLog((line) => lines.push(line), { level, now: () => NOW.getTime() });
  return { log, parsed: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>), lines };
}

describe('the log', () => {
  it('has a line for every call, which names what was called and nothing of what was said', async () => {
    const { log, parsed, lines } = logged('all');
    const world = createNodeWorld(createMemoryStore(), { observers: [log] });
    await world.join('alice', 'bob');
    const { body } = await world.ask('alice', 'bob');
    await world.history('bob', 'alice');
    await world.call({ method: 'GET', path: '/apis/nowhere/secret-word' });
    expect(parsed()).toMatchObject([
      { level: 'info', method: 'POST', route: '/apis/v2/users/', status: 201 },
      { level: 'info', method: 'POST', route: '/apis/v2/users/', status: 201 },
      { level: 'info', method: 'POST', route: '/apis/v1/chat/request', status: 201, time: NOW.toISOString() },
      { level: 'info', method: 'GET', route: '/apis/v1/chat/users/:did/conversations/:recipient/hash', status: 200 },
      { level: 'info', method: 'GET', route: '/apis/v1/chat/conversationhash/:id', status: 200 },
      { level: 'info', method: 'GET', route: '/*', status: 404 },
    ]);
    for (const word of [didOf('alice').slice(9), body.cid, 'secret-word']) expect(lines.join('')).not.toContain(word);
    expect(new Set(parsed().map(({ requestId }) => requestId)).size).toBe(6);
  });

  it('ND-15 stays one line, whatever a caller puts into an error', () => {
    const { log, parsed, lines } = logged('warn');
    const word = 'a"\r\n{"level":"info"}\u0000\u001b[2J';
    log.warn(new PushChatError('Internal', word, { cause: new RangeError(word) }));
    expect(lines.join('')).toMatch(/^[\x20-\x7e]*\n$/);
    expect(parsed()).toMatchObject([{ level: 'warn', code: 'Internal', message: word, causes: [word] }]);
  });

  it('has, unless told otherwise, lines for failures only', async () => {
    const { log, lines } = logged('warn');
    const world = createNodeWorld(createMemoryStore(), { observers: [log] });
    await world.join('alice');
    expect(lines).toEqual([]);
  });
});

describe('a node behind a port', () => {
  it('says how it is, and counts what it does', async () => {
    const server = await startPushNode({ port: 0, memory: true, metrics: true });
    onTestFinished(() => server.close());
    const get = async (path: string): Promise<string> => (await fetch(server.url + path)).text();
    await fetch(server.url + routes.createUser().path, {
      method: 'POST',
      body: JSON.stringify(vectorUser('alice').creation),
    });
    await get(routes.user(didOf('alice')).path);
    expect(JSON.parse(await get('/healthz'))).toEqual({ status: 'ok' });
    expect(JSON.parse(await get('/readyz'))).toEqual({ status: 'ok' });
    const figures = await get('/metrics');
    expect(figures).toContain('push_node_acts_total{verb="user"} 1');
    expect(figures).toMatch(
      /push_node_answer_seconds_count\{method="GET",route="\/apis\/v2\/users\/",status="200"\} 1/,
    );
    expect(figures).toContain('push_node_live_connections 0');
    expect(figures).toContain('process_resident_memory_bytes');
    expect(figures).not.toContain(didOf('alice'));
  });

  it('has no figures for strangers unless told to', async () => {
    const server = await startPushNode({ port: 0, memory: true });
    onTestFinished(() => server.close());
    expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
  });

  it('is not ready while its store cannot be written, and alive all the same', async () => {
    const store = createMemoryStore();
    const full = new PushChatError('StoreUnavailable', 'Full.');
    const world = createNodeWorld({ ...store, write: () => Promise.reject(full) });
    expect((await world.call({ method: 'GET', path: '/readyz' })).status).toBe(503);
    expect((await world.call({ method: 'GET', path: '/healthz' })).status).toBe(200);
  });

  it('ND-16 lets any page call, with no credentials and no answer that depends on the page', async () => {
    const server = await startPushNode({ port: 0, memory: true });
    onTestFinished(() => server.close());
    for (const origin of ['null', 'https://evil.example', 'http://localhost:3000']) {
      for (const method of ['GET', 'OPTIONS']) {
        const { headers } = await fetch(server.url + routes.user(didOf('alice')).path, { method, headers: { origin } });
        expect(headers.get('access-control-allow-origin')).toBe('*');
        expect(headers.get('access-control-allow-credentials')).toBeNull();
        expect(headers.get('set-cookie')).toBeNull();
      }
    }
  });
});
