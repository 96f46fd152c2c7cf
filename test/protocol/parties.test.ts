import { describe, expect, it } from 'vitest';
import { parseDid, sameDid } from '../../src/protocol/did.ts';
import { openMessage } from '../../src/protocol/openMessage.ts';
import type { MessageBody } from '../../src/protocol/payload.ts';
import { didOf, openedByBob, quarantined, readerOf, resigned, sealed, text } from '../support/builders.ts';
import { stored } from '../support/vectors.ts';

const [alice, bob, carol] = [didOf('alice'), didOf('bob'), didOf('carol')];
const GROUP = '6cf91ec205528d3dcb5ba0321a03a76d7bacf898d6e6dd5197bfa4c9044b323a';
const OTHER_GROUP = '70c694eb9fecfbd0a6fbebc40217f6e7e436fd6d6ab06980a01323a6f4e42d7e';

/** Both ways of sending; parties are judged the same in each. */
const kinds = [{ plain: true }, { plain: false }];

describe('to whom', () => {
  it.each(kinds)('CH-01 a rewritten toDID, which no proof covers, is ReceiverMismatch: %j', async (kind) => {
    const body = await sealed(text('hello'), kind);
    expect(await openedByBob(body)).toMatchObject({ state: 'verified', from: 'peer' });
    for (const toDID of [carol, alice, GROUP, 'eip155:0x0', '', 'bob.eth', '__proto__']) {
      expect(await openedByBob({ ...body, toDID })).toEqual(quarantined('ReceiverMismatch'));
    }
  });

  it.each(kinds)('CH-01 a rewritten toCAIP10 is ReceiverMismatch, even when the sender signed it: %j', async (kind) => {
    const body = await sealed(text('hello'), kind);
    for (const toCAIP10 of [carol, alice, GROUP, 'junk']) {
      expect(await openedByBob({ ...body, toCAIP10 })).toEqual(quarantined('ReceiverMismatch'));
      expect(await openedByBob(await resigned(body, { toCAIP10 }))).toEqual(quarantined('ReceiverMismatch'));
    }
  });

  it.each(kinds)(
    'CH-02 a message to bob, served inside the chat of alice and carol, is ReceiverMismatch: %j',
    async (kind) => {
      const body = await sealed(text('hello'), kind);
      const carolsView = await readerOf('carol', 'alice');
      expect(await openMessage(stored(body), carolsView)).toEqual(quarantined('ReceiverMismatch'));
      // The node may relabel what is not signed …
      expect(await openMessage(stored({ ...body, toDID: carol }), carolsView)).toEqual(quarantined('ReceiverMismatch'));
      // … and what is signed, but then the proof is not right.
      const relabelled = { ...body, toDID: carol, toCAIP10: carol };
      expect(await openMessage(stored(relabelled), carolsView)).toEqual(quarantined('ProofInvalid'));
    },
  );

  it('CH-02 my own message to bob, served inside my chat with carol, is ReceiverMismatch', async () => {
    const body = await sealed(text('for bob alone'));
    const reader = await readerOf('alice', 'carol');
    expect(await openMessage(stored(body), reader)).toEqual(quarantined('ReceiverMismatch'));
  });

  it('CH-02 a message of a group is none of a one-to-one chat, nor of another group', async () => {
    const body = await sealed(text('hello all'), { plain: true }, { to: GROUP });
    expect(await openedByBob(body)).toEqual(quarantined('ReceiverMismatch'));
    expect(await openedByBob({ ...body, toDID: bob })).toEqual(quarantined('ReceiverMismatch'));
    expect(await openedByBob({ ...body, toDID: OTHER_GROUP })).toEqual(quarantined('ReceiverMismatch'));
    expect(await openedByBob({ ...body, toDID: bob, toCAIP10: bob })).toEqual(quarantined('ProofInvalid'));
  });

  it('CH-02 a message from bob to alice is not one from alice to bob', async () => {
    const body = await sealed(text('hello'), { from: 'bob', to: 'alice' });
    expect(await openedByBob(body)).toMatchObject({ state: 'verified', from: 'me' });
    const turned = { ...body, fromDID: alice, fromCAIP10: alice, toDID: bob, toCAIP10: bob };
    expect(await openedByBob(turned)).toEqual(quarantined('ProofInvalid'));
  });
});

describe('from whom', () => {
  it('KI-06 fromDID and fromCAIP10 of two accounts are SenderMismatch, even when signed so', async () => {
    const body = await sealed(text('hello'));
    const changes: Partial<MessageBody>[] = [
      { fromDID: bob },
      { fromCAIP10: bob },
      { fromDID: carol },
      { fromCAIP10: carol },
    ];
    for (const change of [...changes, { fromCAIP10: 'junk' }, { fromDID: '' }, { fromDID: GROUP }]) {
      expect(await openedByBob({ ...body, ...change })).toEqual(quarantined('SenderMismatch'));
      expect(await openedByBob(await resigned(body, change))).toEqual(quarantined('SenderMismatch'));
    }
  });

  it('KI-06 a stranger’s rightly signed message is none of this chat', async () => {
    expect(await openedByBob(await sealed(text('hello'), { from: 'carol' }))).toEqual(quarantined('SenderMismatch'));
  });

  it('KI-07 a message in my name that another key signed is SenderMismatch, and stands on the peer’s side', async () => {
    const mine = await sealed(text('I agree to everything'), { from: 'bob', to: 'alice' });
    for (const signer of ['alice', 'carol']) {
      expect(await openedByBob(await resigned(mine, {}, { signer }))).toEqual(quarantined('SenderMismatch'));
    }
    const junk = { ...mine, verificationProof: 'pgpv3:junk' };
    expect(await openedByBob(junk)).toEqual(quarantined('SenderMismatch'));
    expect(await openedByBob({ ...mine, verificationProof: null, signature: '' })).toEqual(
      quarantined('SenderMismatch'),
    );
  });

  it('KI-07 a message in the peer’s name that I signed is ProofInvalid', async () => {
    const body = await resigned(await sealed(text('hello')), {}, { signer: 'bob' });
    expect(await openedByBob(body)).toEqual(quarantined('ProofInvalid'));
  });
});

describe('spellings of one account', () => {
  const spellings = (did: string): string[] => {
    const address = did.slice('eip155:'.length);
    return [
      did,
      address,
      address.toLowerCase(),
      `eip155:${address.toLowerCase()}`,
      `eip155:1:${address}`,
      `eip155:137:${address}`,
    ];
  };

  it('are one party, however the sender wrote and signed them', async () => {
    for (const from of spellings(alice)) {
      const body = await sealed(text('hello'), { plain: true }, { from, to: bob.toLowerCase() });
      expect(await openedByBob(body)).toMatchObject({ state: 'verified', from: 'peer' });
      expect(await openedByBob({ ...body, fromDID: alice })).toEqual(
        from === alice ? expect.anything() : quarantined('ProofInvalid'),
      );
    }
  });

  it('GR-15 my own account in any casing or chain form is still my own', () => {
    for (const spelling of spellings(bob)) {
      expect(sameDid(spelling, bob)).toBe(true);
      expect(parseDid(spelling)).toBe(bob);
      expect(sameDid(spelling, alice)).toBe(false);
    }
  });

  it('a smart wallet of the same address is another account, and so is one on another chain', () => {
    const address = alice.slice('eip155:'.length);
    const accounts = [alice, `scw:eip155:1:${address}`, `scw:eip155:137:${address}`];
    accounts.push(
      ...[`nft:eip155:1:${address}:1`, `nft:eip155:1:${address}:2`, `nft:eip155:1:${address}:1:1700000000`],
    );
    expect(new Set(accounts.map(parseDid)).size).toBe(accounts.length);
    for (const one of accounts) expect(accounts.filter((other) => sameDid(one, other))).toEqual([one]);
  });
});

describe('whose key', () => {
  it('KI-01 a sender without a key is KeyNotFound, an unattested key KeyUnattested: nothing is shown', async () => {
    const body = await sealed(text('hello'));
    expect(await openedByBob(body, {}, { keyOf: () => Promise.resolve(null) })).toEqual(quarantined('KeyNotFound'));
    const { keyOf } = await readerOf('bob', 'alice');
    const unattested: typeof keyOf = async (did) => {
      const key = await keyOf(did);
      return key && { ...key, level: 'unattested' };
    };
    expect(await openedByBob(body, {}, { keyOf: unattested })).toEqual(quarantined('KeyUnattested'));
  });

  it('KI-02 a key that no wallet vouches for makes messages `signed`, never `verified`', async () => {
    const { keyOf } = await readerOf('bob', 'alice');
    const legacy: typeof keyOf = async (did) => {
      const key = await keyOf(did);
      return key && { ...key, level: 'signed' };
    };
    for (const kind of kinds) {
      const opened = await openedByBob(await sealed(text('hello'), kind), {}, { keyOf: legacy });
      expect(opened).toMatchObject({ state: 'signed', from: 'peer', content: text('hello') });
    }
  });

  it('a lookup that fails leaves its reason, and no exception', async () => {
    const body = await sealed(text('hello'));
    const offline = { keyOf: () => Promise.reject(new TypeError('offline')) };
    expect(await openedByBob(body, {}, offline)).toEqual(quarantined('Internal'));
  });
});
