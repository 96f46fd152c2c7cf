import { describe, expect, it } from 'vitest';
import { callerOf } from '../../src/node/callerOf.ts';
import { createPushNode, type PushNode } from '../../src/node/createPushNode.ts';
import { createLimits, DEFAULT_RATES } from '../../src/node/limits/limits.ts';
import { createTokenBuckets } from '../../src/node/limits/tokenBuckets.ts';
import { createMemoryStore } from '../../src/node/store/memoryStore.ts';
import { parseDid } from '../../src/protocol/did.ts';
import { routes, type Route } from '../../src/protocol/routes.ts';
import { didOf, NOW, sealed, text } from '../support/builders.ts';
import { createNodeWorld } from './nodeWorld.ts';

const [alice, bob, carol] = ['alice', 'bob', 'carol'].map((name) => parseDid(didOf(name))) as [Did, Did, Did];
type Did = ReturnType<typeof parseDid>;

const times = (count: number, act: () => void): void => {
  for (let i = 0; i < count; i++) act();
};

describe('token buckets', () => {
  it('give a burst, then a rate, and say how long to wait', () => {
    const clock = { time: 0 };
    const buckets = createTokenBuckets({ burst: 2, perSecond: 4 }, () => clock.time);
    expect([buckets.take('a'), buckets.take('a'), buckets.take('a'), buckets.take('b')]).toEqual([0, 0, 250, 0]);
    clock.time = 125;
    expect(buckets.take('a')).toBe(125);
    clock.time = 250;
    expect([buckets.take('a'), buckets.take('a')]).toEqual([0, 250]);
    clock.time = 0;
    expect(buckets.take('a')).toBe(250);
    clock.time = 60_000;
    expect([buckets.take('a'), buckets.take('a'), buckets.take('a')]).toEqual([0, 0, 250]);
  });

  it('count what costs more, up to a full bucket', () => {
    const clock = { time: 0 };
    const buckets = createTokenBuckets({ burst: 10, perSecond: 10 }, () => clock.time);
    expect([buckets.take('a', 8), buckets.take('a', 3), buckets.take('a', 2)]).toEqual([0, 100, 0]);
    clock.time = 1_000;
    expect([buckets.take('a', 1_000), buckets.take('a')]).toEqual([0, 100]);
  });

  it('forget the key unused for longest, and no other', () => {
    const buckets = createTokenBuckets({ burst: 1, perSecond: 1 }, () => 0, 2);
    for (const key of ['old', 'kept', 'new']) expect(buckets.take(key)).toBe(0);
    expect(buckets.take('kept')).toBe(1000);
    expect(buckets.take('old')).toBe(0);
    expect(buckets.take('kept')).toBe(1000);
  });
});

describe('ND-05 floods', () => {
  it('ND-05 an honest busy client, 200 writes at once and then 10 a second for an hour, meets no limit', () => {
    const clock = { time: 0 };
    const limits = createLimits({}, () => clock.time);
    const write = (): void => {
      limits.call('POST', '192.0.2.1');
      limits.message({ from: alice, to: bob }, 'message');
    };
    times(200, write);
    times(36_000, () => {
      clock.time += 100;
      write();
    });
    expect(clock.time).toBe(3_600_000);
  });

  it('ND-05 one pair, one account and one address that flood are refused, and others are not', () => {
    const limits = createLimits({}, () => 0);
    const refused = expect.objectContaining({ code: 'RateLimited', retryAfter: 1 }) as Error;
    times(DEFAULT_RATES.pair.burst, () => limits.message({ from: alice, to: bob }, 'message'));
    expect(() => limits.message({ from: alice, to: bob }, 'message')).toThrow(refused);
    limits.message({ from: bob, to: alice }, 'message');
    times(DEFAULT_RATES.account.burst - DEFAULT_RATES.pair.burst, () =>
      limits.message({ from: alice, to: carol }, 'message'),
    );
    expect(() => limits.message({ from: alice, to: carol }, 'message')).toThrow(refused);
    limits.message({ from: bob, to: carol }, 'message');
    times(DEFAULT_RATES.writes.burst, () => limits.call('PUT', '192.0.2.1'));
    expect(() => limits.call('POST', '192.0.2.1')).toThrow(refused);
    limits.call('GET', '192.0.2.1');
    limits.call('POST', '192.0.2.2');
  });

  it('ND-05 first requests have a limit of their own', async () => {
    const world = createNodeWorld(undefined, { limits: { requests: { burst: 1, perSecond: 0.1 } } });
    await world.join('alice', 'bob', 'carol');
    expect((await world.ask('alice', 'bob')).status).toBe(201);
    const refused = await world.ask('alice', 'carol');
    expect(refused).toMatchObject({ status: 429, body: { details: { code: 'RateLimited' } } });
    expect((await world.ask('bob', 'carol')).status).toBe(201);
    world.clock.time += 10_000;
    expect((await world.ask('alice', 'carol')).status).toBe(201);
  });

  it('ND-05 a repeated or forged message uses up nothing of the account that it names', async () => {
    const world = createNodeWorld(undefined, { limits: { account: { burst: 3, perSecond: 0.001 } } });
    await world.join('alice', 'bob', 'carol', 'dave');
    const body = await sealed(text('May I?'), { from: 'alice', to: 'bob' });
    const stored = await world.call(routes.sendRequest(), body);
    const forged = { ...body, toDID: didOf('carol'), toCAIP10: didOf('carol') };
    for (let i = 0; i < 3; i++) {
      expect((await world.call(routes.sendRequest(), body)).body).toEqual(stored.body);
      expect((await world.call(routes.sendRequest(), forged)).body).toMatchObject({
        details: { code: 'ProofInvalid' },
      });
    }
    expect((await world.ask('alice', 'carol')).status).toBe(201);
    expect((await world.ask('alice', 'dave')).status).toBe(429);
  });

  it('ND-05 an address that asks too much hears 429 and when to return; others are served', async () => {
    const node = createPushNode({ now: () => NOW.getTime(), limits: { reads: { burst: 1, perSecond: 0.5 } } });
    const get = (ip?: string): Promise<Response> => fetchFrom(node, routes.user(didOf('alice')), ip);
    expect((await get('192.0.2.1')).status).toBe(200);
    const refused = await get('192.0.2.1');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2']);
    expect(await refused.json()).toMatchObject({ details: { requestId: refused.headers.get('x-request-id') } });
    expect((await get('192.0.2.2')).status).toBe(200);
    for (let i = 0; i < 3; i++) expect((await get()).status).toBe(200);
    expect((await fetchFrom(node, { method: 'GET', path: '/healthz' }, '192.0.2.1')).status).toBe(200);
  });
});

const fetchFrom = (node: PushNode, { method, path }: Route, ip?: string): Promise<Response> =>
  node.fetch(new Request(`http://node.test${path}`, { method }), ip === undefined ? {} : { ip });

describe('whom a call counts against', () => {
  const from = (remoteAddress: string, trusted = false, forwarded?: string): string | undefined =>
    callerOf(
      { socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } } as never,
      trusted,
    ).ip;

  it('is one IPv4 address in both spellings, or the network of an IPv6 address in all of its', () => {
    expect([from('192.0.2.1'), from('::ffff:192.0.2.1')]).toEqual(['192.0.2.1', '192.0.2.1']);
    const spellings = ['2001:db8::1', '2001:0DB8:0:0:ffff::', '2001:db8:0:0:1:2:3:4'];
    expect(new Set(spellings.map((address) => from(address)))).toEqual(new Set(['2001:db8:0:0']));
    expect(from('2001:db8:0:1::1')).toBe('2001:db8:0:1');
  });

  it('is nobody on this machine', () => {
    expect(['127.0.0.1', '::1', '::ffff:127.0.0.1'].map((address) => from(address))).toEqual(Array(3).fill(undefined));
  });

  it('is what the nearest proxy saw, when that is trusted, and never what the caller wrote', () => {
    expect(from('127.0.0.1', true, '198.51.100.9, 192.0.2.1')).toBe('192.0.2.1');
    expect(from('192.0.2.7', false, '198.51.100.9')).toBe('192.0.2.7');
    expect(from('127.0.0.1', true, 'junk')).toBeUndefined();
  });
});

describe('health', () => {
  const statuses = async (node: PushNode): Promise<number[]> =>
    Promise.all(['/healthz', '/readyz'].map(async (path) => (await fetchFrom(node, { method: 'GET', path })).status));

  it('is ready while the store can be written, and alive without it', async () => {
    const store = createMemoryStore();
    expect(await statuses(createPushNode({ store }))).toEqual([200, 200]);
    const broken = createPushNode({ store: { ...store, write: () => Promise.reject(new Error('/secret/path')) } });
    expect(await statuses(broken)).toEqual([200, 503]);
    expect(await (await fetchFrom(broken, { method: 'GET', path: '/readyz' })).text()).not.toContain('secret');
  });
});
