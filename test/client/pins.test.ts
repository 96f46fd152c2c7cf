import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyPins } from '../../src/client/pins/keyPins.ts';
import { currentKey, needsConsent, pinKey, type Pin, type PinnedKey } from '../../src/client/pins/pin.ts';
import { memoryPins, type PinStore } from '../../src/client/pins/pinStore.ts';
import { PushChatError, type ErrorCode } from '../../src/errors.ts';
import { parseDid } from '../../src/protocol/did.ts';
import type { AttestedKey } from '../../src/protocol/openMessage.ts';
import type { WireUser } from '../../src/protocol/payload.ts';
import { didOf } from '../support/builders.ts';
import { vectorUser } from '../support/vectors.ts';

const ALICE = parseDid(didOf('alice'));
const NOW = 1_000_000;

const key = (name: string, created: number): PinnedKey => ({
  armored: name,
  fingerprint: name,
  created,
  attestedBy: 'eip191v2',
  record: { did: ALICE, wallets: ALICE, publicKey: name, encryptedPrivateKey: '', verificationProof: '', name: null },
});

describe('pinKey', () => {
  it('KI-08 the first key counts until a newer one comes, which is a change', () => {
    const first = pinKey(undefined, key('a', 1), NOW);
    expect(first).toMatchObject({ verdict: 'first', pin: { keys: [key('a', 1)] } });
    const second = pinKey(first.pin, key('b', 2), NOW);
    expect(second).toMatchObject({ verdict: 'changed', pin: { change: { from: 'a', to: 'b', at: NOW } } });
    expect(pinKey(second.pin, key('b', 2), NOW)).toEqual({ verdict: 'same', pin: second.pin });
  });

  it('KI-09 a key of before, or one made before, is a rollback and changes nothing', () => {
    const { pin } = pinKey(pinKey(undefined, key('a', 5), NOW).pin, key('b', 6), NOW);
    for (const old of [key('a', 5), key('a', 99), key('older', 4)]) {
      expect(pinKey(pin, old, NOW)).toEqual({ verdict: 'rollback', pin });
    }
  });

  it('F7 never goes back, whatever is served in whatever order', () => {
    const served = fc.array(fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd', 'e'), created: fc.nat(9) }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(served, (keys) => {
        let pin: Pin | undefined;
        for (const { name, created } of keys) {
          const before = pin && currentKey(pin);
          pin = pinKey(pin, key(`${name}${created}`, created), NOW).pin;
          expect(currentKey(pin).created).toBeGreaterThanOrEqual(before?.created ?? 0);
          expect(new Set(pin.keys.map(({ fingerprint }) => fingerprint)).size).toBe(pin.keys.length);
        }
      }),
    );
  });

  it('RX-10 keeps no more keys of an account than anybody uses, the first and the newest among them', () => {
    let pin: Pin | undefined;
    for (let i = 0; i < 100; i += 1) pin = pinKey(pin, key(`k${i}`, i), NOW).pin;
    expect(pin?.keys).toHaveLength(32);
    expect([pin?.keys[0].fingerprint, pin && currentKey(pin).fingerprint]).toEqual(['k0', 'k99']);
  });
});

const userOf = (name: string): [WireUser, AttestedKey] => {
  const { publicKey, creation } = vectorUser(name);
  const profile = { name: null, desc: null, picture: null, blockedUsersList: null, profileVerificationProof: null };
  const { did, caip10: wallets, encryptedPrivateKey, verificationProof = null } = creation;
  return [
    {
      did,
      wallets,
      publicKey: creation.publicKey,
      encryptedPrivateKey,
      verificationProof,
      msgSent: 0,
      maxMsgPersisted: 0,
      profile,
    },
    { armored: publicKey, level: 'verified', attestedBy: 'eip191v2' },
  ];
};

function pinsOf(store: PinStore): { pins: ReturnType<typeof createKeyPins>; codes: ErrorCode[]; told: Pin[] } {
  const codes: ErrorCode[] = [];
  const told: Pin[] = [];
  const pins = createKeyPins(store, {
    pinned: (_, pin) => told.push(pin),
    warn: ({ code }) => codes.push(code),
    now: () => NOW,
  });
  return { pins, codes, told };
}

describe('createKeyPins', () => {
  it('KI-11 of two tabs that see different first keys at once one wins, and the other hears of a change', async () => {
    let work: Promise<unknown> = Promise.resolve();
    const shared: PinStore = {
      ...memoryPins(),
      alone: (task) => {
        const run = work.then(task);
        work = run.catch(() => undefined);
        return run;
      },
    };
    const [one, two] = [pinsOf(shared), pinsOf(shared)];
    await Promise.all([one.pins.take(ALICE, ...userOf('alice')), two.pins.take(ALICE, ...userOf('bob'))]);
    const codes = [...one.codes, ...two.codes];
    expect(codes).toHaveLength(1);
    expect(['KeyChanged', 'KeyRollback']).toContain(codes[0]);
    expect(await one.pins.find(ALICE)).toEqual(await two.pins.find(ALICE));
  });

  it('ST-03 a damaged pin is a change from something unknown, never a first meeting', async () => {
    const store: PinStore = {
      ...memoryPins(),
      get: () => Promise.reject(new PushChatError('StorageCorrupt', 'damaged')),
    };
    const { pins, codes, told } = pinsOf(store);
    const pin = await pins.take(ALICE, ...userOf('alice'));
    expect(codes).toContain('StorageCorrupt');
    expect(pin?.change).toMatchObject({ from: null, at: NOW });
    expect(told).toHaveLength(1);
  });

  it('KI-02 pins nothing that no wallet vouches for, and gives nothing up for it', async () => {
    const { pins } = pinsOf(memoryPins());
    const [user, attested] = userOf('alice');
    expect(await pins.take(ALICE, user, { ...attested, level: 'signed' })).toBeUndefined();
    expect(await pins.take(ALICE, user, { ...attested, level: 'unattested' })).toBeUndefined();
    const pin = await pins.take(ALICE, user, attested);
    expect(await pins.take(ALICE, user, null)).toEqual(pin);
    expect(await pins.take(ALICE, userOf('bob')[0], { ...userOf('bob')[1], level: 'unattested' })).toEqual(pin);
  });

  it('KI-08 a compared key that changes needs consent, and agreeing ends that', async () => {
    const store = memoryPins();
    const { pins } = pinsOf(store);
    await expect(pins.compare(ALICE)).rejects.toMatchObject({ code: 'KeyNotFound' });
    await store.put(ALICE, { keys: [key('old', 0)] });
    await pins.compare(ALICE);
    const changed = await pins.take(ALICE, ...userOf('alice'));
    expect(changed && needsConsent(changed)).toBe(true);
    await pins.accept(ALICE);
    const agreed = await pins.find(ALICE);
    expect(agreed && needsConsent(agreed)).toBe(false);
  });
});
