import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { generateVapidKeys, openWebPush, type WebPushConfig } from '../../src/node/push/webPush.ts';
import { isPushEndpoint, PUSH_HOSTS } from '../../src/node/push/pushService.ts';
import { parseDid } from '../../src/protocol/did.ts';
import { signDevicePush, type DevicePush } from '../../src/protocol/push/devicePush.ts';
import { parsePushNews } from '../../src/protocol/push/pushNews.ts';
import { routes } from '../../src/protocol/routes.ts';
import { didOf, NOW } from '../support/builders.ts';
import { fakePushService, pushDevice, type PushDevice } from '../support/pushService.ts';
import { privateKeyOf } from '../support/vectors.ts';
import { createNodeWorld, type NodeWorld } from './nodeWorld.ts';

const HOST = 'node.test';
const MINUTE = 60_000;

let keys: Pick<WebPushConfig, 'publicKey' | 'privateKey'>;
let services: ReturnType<typeof fakePushService>;
let world: NodeWorld;
let phone: PushDevice;

beforeAll(async () => {
  keys = await generateVapidKeys();
});
beforeEach(async () => {
  services = fakePushService();
  const push = await openWebPush({ ...keys, subject: 'mailto:ops@node.test', fetch: services.fetch });
  world = createNodeWorld(undefined, { push });
  phone = pushDevice();
  await world.join('alice', 'bob', 'carol');
});

const ENDPOINT = 'https://fcm.googleapis.com/fcm/send/bob-phone';

/** What bob says of a device of his. */
async function say(change: Partial<DevicePush> = {}, { signer = 'bob', at = world.clock.time, device = phone } = {}) {
  const push: DevicePush = {
    action: 'subscribe',
    account: parseDid(didOf('bob')),
    host: HOST,
    endpoint: ENDPOINT,
    p256dh: device.p256dh,
    auth: device.auth,
    expires: world.clock.time + 24 * 60 * MINUTE,
    muted: [],
    quiet: null,
    ...change,
  };
  const proof = await signDevicePush(push, await privateKeyOf(signer), new Date(at));
  return world.call(routes.devicePush(), { ...push, proof });
}

/** Alice and bob are in an accepted chat. */
async function chat(): Promise<void> {
  await world.ask('alice', 'bob');
  await world.accept('alice', 'bob');
}

describe('Web Push', () => {
  it('is decrypted by the test device as the example of RFC 8291 says', () => {
    const device = pushDevice({
      privateKey: 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    });
    const body =
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN';
    expect(device.decrypt(Buffer.from(body, 'base64url'))).toBe('When I grow up, I want to be a watermelon');
  });

  it('wakes the device of who is written to in an accepted chat, and says nothing of what was written', async () => {
    expect((await world.call(routes.pushKey())).body).toEqual({ publicKey: keys.publicKey });
    expect((await say()).status).toBe(204);
    await chat();
    const { body } = await world.send('alice', 'bob', 'The gold is under the oak');
    await services.atLeast(1);
    const [pushed] = services.pushed;
    expect(services.pushed).toHaveLength(1);
    expect(pushed?.endpoint).toBe(ENDPOINT);
    expect(pushed?.vapid).toMatchObject({
      key: keys.publicKey,
      claims: { aud: 'https://fcm.googleapis.com', sub: 'mailto:ops@node.test' },
    });
    expect(pushed?.headers.get('content-encoding')).toBe('aes128gcm');
    const text = phone.decrypt(pushed?.body ?? new Uint8Array());
    expect(parsePushNews(text)).toEqual({
      to: parseDid(didOf('bob')),
      peer: parseDid(didOf('alice')),
      cid: (body as { cid: string }).cid,
    });
    expect(text).toHaveLength(512);
    expect(text).not.toMatch(/gold|oak/);
  });

  it('never wakes anybody for a request, nor the sender', async () => {
    await say();
    await world.ask('carol', 'bob');
    await chat();
    await world.send('bob', 'alice', 'From me');
    await world.send('alice', 'bob', 'To me');
    await services.atLeast(1);
    const news = services.pushed.map(({ body }) => parsePushNews(phone.decrypt(body)));
    expect(news).toMatchObject([{ peer: parseDid(didOf('alice')) }]);
  });

  it('respects who is muted and the quiet hours', async () => {
    await chat();
    const minutes = NOW.getUTCHours() * 60 + NOW.getUTCMinutes();
    await say({ muted: [parseDid(didOf('alice'))] });
    await world.send('alice', 'bob', 'Muted');
    world.clock.time += 1000;
    await say({ quiet: { from: minutes, to: (minutes + 10) % 1440 } });
    await world.send('alice', 'bob', 'At night');
    world.clock.time += 11 * MINUTE;
    const { body } = await world.send('alice', 'bob', 'By day');
    await services.atLeast(1);
    expect(services.pushed.map((each) => parsePushNews(phone.decrypt(each.body)).cid)).toEqual([
      (body as { cid: string }).cid,
    ]);
  });

  it('forgets a device that its push service does not know any more, and one that ends it', async () => {
    await chat();
    await say();
    services.answer(410);
    await world.send('alice', 'bob', 'To nobody');
    await services.atLeast(1);
    services.answer(201);
    world.clock.time += 1000;
    const tablet = pushDevice();
    const other = 'https://updates.push.services.mozilla.com/wpush/v2/bob-tablet';
    await say({ endpoint: other }, { device: tablet });
    await world.send('alice', 'bob', 'To the tablet');
    await services.atLeast(2);
    expect(services.pushed[1]?.endpoint).toBe(other);
    world.clock.time += 1000;
    await say({ action: 'unsubscribe', endpoint: other, p256dh: '', auth: '' });
    world.clock.time += 1000;
    await say();
    await world.send('alice', 'bob', 'To the phone');
    await services.atLeast(3);
    expect(services.pushed.map(({ endpoint }) => endpoint)).toEqual([ENDPOINT, other, ENDPOINT]);
  });

  it('takes the word of the account’s own chat key alone, for this node, while it is fresh, the newest first', async () => {
    const refused = async (answer: ReturnType<typeof say>): Promise<unknown> => {
      const { status, body } = await answer;
      expect(status).toBeGreaterThanOrEqual(400);
      return (body as { errorCode?: string }).errorCode ?? status;
    };
    await refused(say({}, { signer: 'alice' }));
    await refused(say({ host: 'other.test' }));
    await refused(say({}, { at: world.clock.time - 11 * MINUTE }));
    await refused(say({ p256dh: 'short' }));
    await refused(say({ expires: world.clock.time }));
    const started = world.clock.time;
    world.clock.time += 2000;
    expect((await say({ action: 'unsubscribe', p256dh: '', auth: '' })).status).toBe(204);
    // Somebody who overheard the earlier yes says it again.
    await refused(say({}, { at: started }));
  });

  it('keeps so many devices of one account and no more: the least lately renewed gives way', async () => {
    await chat();
    for (let device = 0; device < 12; device += 1) {
      world.clock.time += 1000;
      expect((await say({ endpoint: `https://fcm.googleapis.com/fcm/send/${device}` })).status).toBe(204);
    }
    await world.send('alice', 'bob', 'To ten');
    await services.atLeast(10);
    expect(services.pushed.map(({ endpoint }) => Number(endpoint.split('/').at(-1))).sort((a, b) => a - b)).toEqual([
      2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
    ]);
  });

  it('calls the push services of known browsers only, and those that the operator adds', async () => {
    const may = (endpoint: string, ...more: string[]): boolean => isPushEndpoint(endpoint, [...PUSH_HOSTS, ...more]);
    expect(may('https://fcm.googleapis.com/fcm/send/a')).toBe(true);
    expect(may('https://web.push.apple.com/a')).toBe(true);
    expect(may('https://sg2p.notify.windows.com/w/?token=a')).toBe(true);
    expect(may('https://push.example.org:8443/a', 'push.example.org:8443')).toBe(true);
    for (const endpoint of [
      'http://fcm.googleapis.com/a',
      'https://fcm.googleapis.com:8443/a',
      'https://fcm.googleapis.com.evil.test/a',
      'https://evilfcm.googleapis.com/a',
      'https://user@fcm.googleapis.com/a',
      'https://push.apple.com.evil.test/a',
      'https://127.0.0.1/a',
      'https://[::1]/a',
      'https://169.254.169.254/latest/meta-data',
      'https://localhost/a',
      'file:///etc/passwd',
      'no address',
    ]) {
      expect([endpoint, may(endpoint)]).toEqual([endpoint, false]);
      expect((await say({ endpoint })).status).toBe(403);
    }
  });

  it('is not there without keys, and says so where they are none', async () => {
    const without = createNodeWorld();
    expect((await without.call(routes.pushKey())).status).toBe(404);
    await expect(openWebPush({ publicKey: 'a', privateKey: 'b', subject: 'mailto:a@b.test' })).rejects.toMatchObject({
      code: 'InvalidConfig',
    });
  });
});
