import { beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/crypto/hash.ts';
import { verifyText } from '../../src/crypto/pgp.ts';
import { acceptanceText, messageText, profileText, rejectionText } from '../../src/protocol/canonical.ts';
import { signChallenge, verifyAnswer } from '../../src/protocol/challenge.ts';
import { parseDid } from '../../src/protocol/did.ts';
import { signAcceptance, signProfileUpdate, signRejection } from '../../src/protocol/signProof.ts';
import {
  verifyAcceptance,
  verifyMessageProof,
  verifyProfileUpdate,
  verifyRejection,
} from '../../src/protocol/verifyProof.ts';
import type { MessageBody, ProfileUpdate, RequestAcceptance, RequestRejection } from '../../src/protocol/payload.ts';
import { armorOf, didOf, legacyMessage, NOW, openedByBob, resigned, sealed, text } from '../support/builders.ts';
import { privateKeyOf, vectorUser } from '../support/vectors.ts';

const alice = vectorUser('alice').publicKey;

/** One act of alice of each kind, all between the same two accounts. */
interface Acts {
  readonly accept: RequestAcceptance;
  readonly reject: RequestRejection;
  readonly profile: ProfileUpdate;
  readonly oldProfile: ProfileUpdate;
  readonly message: MessageBody;
  readonly plain: MessageBody;
  readonly oldMessage: MessageBody;
}
type Kind = keyof Acts;
const KINDS: Kind[] = ['accept', 'reject', 'profile', 'oldProfile', 'message', 'plain', 'oldMessage'];
const MESSAGES: Kind[] = ['message', 'plain', 'oldMessage'];
let acts: Acts;

beforeAll(async () => {
  const key = await privateKeyOf('alice');
  const [requester, acceptor] = [didOf('bob'), didOf('alice')];
  const fields = { name: 'Alice', desc: null, picture: null };
  const { verificationProof } = await signProfileUpdate({ ...fields, blockedUsersList: [didOf('carol')] }, key, NOW);
  const older = await signProfileUpdate({ ...fields, blockedUsersList: undefined as unknown as string[] }, key, NOW);
  acts = {
    accept: await signAcceptance({ requester, acceptor }, key, NOW),
    reject: await signRejection({ requester, rejector: acceptor }, key, NOW),
    profile: { ...fields, blockedUsersList: [didOf('carol')], verificationProof },
    oldProfile: { ...fields, verificationProof: `pgp:${armorOf(older.verificationProof)}` },
    message: await sealed(text('hello')),
    plain: await sealed(text('hello'), { plain: true }),
    oldMessage: await resigned(await sealed(text('hello again')), {}, { scheme: 'pgpv2' }),
  };
});

/** Verifies the act of a kind with another proof in its place. */
function verify(kind: Kind, verificationProof: string): ReturnType<typeof verifyAcceptance> {
  switch (kind) {
    case 'accept':
      return verifyAcceptance({ ...acts.accept, verificationProof, signature: armorOf(verificationProof) }, alice, NOW);
    case 'reject':
      return verifyRejection({ ...acts.reject, verificationProof }, alice, NOW);
    case 'profile':
    case 'oldProfile':
      return verifyProfileUpdate({ ...acts[kind], verificationProof }, alice, NOW);
    default:
      return verifyMessageProof(
        { ...acts[kind], verificationProof, signature: armorOf(verificationProof), link: null },
        alice,
        NOW,
      );
  }
}

const pairs = KINDS.flatMap((signed) => KINDS.map((pasted) => [signed, pasted] as const)).filter(([a, b]) => a !== b);

describe('CR-13 a signature for one purpose is none for another', () => {
  it('CR-13 each act is proven by its own signature', async () => {
    for (const kind of KINDS)
      expect(await verify(kind, acts[kind].verificationProof ?? '')).toMatchObject({ ok: true });
  });

  it.each(pairs)('CR-13 the signature of %s is no proof of %s, under whatever label', async (signed, pasted) => {
    const armor = armorOf(acts[signed].verificationProof);
    for (const scheme of ['pgp', 'pgpv2', 'pgpv3']) {
      const result = await verify(pasted, `${scheme}:${armor}`);
      // Only messages know pgpv3.
      const unknown = scheme === 'pgpv3' && !MESSAGES.includes(pasted);
      expect(result).toEqual({ ok: false, code: unknown ? 'ProofMalformed' : 'ProofInvalid' });
    }
  });

  it.each(KINDS)('CR-13 the signature of %s does not make its hash a message of before 2023', async (kind) => {
    const preimage = {
      accept: acceptanceText(acts.accept),
      reject: rejectionText(acts.reject),
      profile: profileText(acts.profile),
      oldProfile: profileText(acts.oldProfile),
      message: messageText(acts.message, 'pgpv3'),
      plain: messageText(acts.plain, 'pgpv3'),
      oldMessage: messageText(acts.oldMessage, 'pgpv2'),
    }[kind];
    const hash = sha256Hex(preimage);
    const signature = armorOf(acts[kind].verificationProof);
    expect(await verifyText(hash, signature, alice, NOW)).toMatchObject({ ok: true });
    for (const link of [null, `v2:${'a'.repeat(64)}`]) {
      const forged = { ...(await legacyMessage(hash, 'x')), signature };
      expect(await openedByBob(forged, { link })).toMatchObject({
        state: 'quarantined',
        from: 'peer',
        reason: 'ProofInvalid',
      });
    }
  });

  it.each(KINDS)('CR-13 the answer to a node’s challenge is no proof of %s, nor is that an answer', async (kind) => {
    const challenge = { did: parseDid(didOf('alice')), host: 'node.test', nonce: 'a'.repeat(32), expires: 9e15 };
    const answer = await signChallenge(challenge, await privateKeyOf('alice'), NOW);
    const of = { publicKey: alice, now: NOW };
    expect(await verifyAnswer(challenge, answer, of)).toBe(true);
    for (const scheme of ['pgp', 'pgpv2', 'pgpv3']) {
      expect(await verify(kind, `${scheme}:${armorOf(answer)}`)).toMatchObject({ ok: false });
    }
    expect(await verifyAnswer(challenge, `pgp:${armorOf(acts[kind].verificationProof)}`, of)).toBe(false);
  });

  it('CR-13 a message that says a hash does not sign it: a peer cannot talk anybody into an acceptance', async () => {
    const wanted = { fromDID: didOf('bob'), toDID: didOf('alice'), status: 'Approved' };
    const body = await sealed(text(sha256Hex(acceptanceText(wanted))), { plain: true });
    expect(await openedByBob(body)).toMatchObject({ state: 'verified', mirrorDiffers: false });
    const stolen: RequestAcceptance = {
      ...wanted,
      signature: body.signature,
      sigType: 'pgp',
      verificationProof: `pgp:${body.signature}`,
    };
    expect(await verifyAcceptance(stolen, alice, NOW)).toEqual({ ok: false, code: 'ProofInvalid' });
    expect(await verifyText(sha256Hex(acceptanceText(wanted)), body.signature, alice, NOW)).toMatchObject({
      ok: false,
    });
  });

  it('CR-13 the older form of a profile proves no block list, and the current one always has one', async () => {
    const { oldProfile, profile } = acts;
    const smuggled = { ...oldProfile, blockedUsersList: [didOf('carol')] };
    expect(await verifyProfileUpdate(smuggled, alice, NOW)).toEqual({ ok: false, code: 'ProofInvalid' });
    const { blockedUsersList: _, ...dropped } = profile;
    expect(await verifyProfileUpdate(dropped, alice, NOW)).toEqual({ ok: false, code: 'ProofInvalid' });
    const relabelled = { ...oldProfile, verificationProof: `pgpv2:${armorOf(oldProfile.verificationProof)}` };
    expect(await verifyProfileUpdate(relabelled, alice, NOW)).toEqual({ ok: false, code: 'ProofInvalid' });
  });
});

describe('GR-05 answers to requests', () => {
  it('GR-05 a swapped, restated or foreign answer is ProofInvalid', async () => {
    const { accept, reject } = acts;
    const forged = [
      { fromDID: accept.toDID, toDID: accept.fromDID },
      { status: 'Reproved' },
      { fromDID: didOf('carol') },
    ];
    for (const change of forged) {
      expect(await verifyAcceptance({ ...accept, ...change }, alice, NOW)).toEqual({ ok: false, code: 'ProofInvalid' });
    }
    expect(await verifyAcceptance(accept, vectorUser('bob').publicKey, NOW)).toEqual({
      ok: false,
      code: 'ProofInvalid',
    });
    const swapped = { ...reject, fromDID: reject.toDID, toDID: reject.fromDID };
    expect(await verifyRejection(swapped, alice, NOW)).toEqual({ ok: false, code: 'ProofInvalid' });
    expect(await verifyRejection(reject, vectorUser('carol').publicKey, NOW)).toEqual({
      ok: false,
      code: 'ProofInvalid',
    });
  });

  it('GR-05 no proof is ProofMissing, a garbage one ProofMalformed', async () => {
    const garbage = {
      '': 'ProofMissing',
      junk: 'ProofMalformed',
      'pgp:junk': 'ProofMalformed',
      'eip191:0x': 'ProofMalformed',
    };
    for (const [verificationProof, code] of Object.entries(garbage)) {
      expect(await verifyAcceptance({ ...acts.accept, verificationProof }, alice, NOW)).toEqual({ ok: false, code });
      expect(await verifyRejection({ ...acts.reject, verificationProof }, alice, NOW)).toEqual({ ok: false, code });
      const profileProof = verificationProof.replace('pgp', 'pgpv2');
      const profile = { ...acts.profile, verificationProof: profileProof };
      expect(await verifyProfileUpdate(profile, alice, NOW)).toEqual({ ok: false, code });
    }
  });

  it('a changed profile field is ProofInvalid', async () => {
    for (const change of [{ name: 'Mallory' }, { desc: '' }, { picture: 'data:,' }, { blockedUsersList: [] }]) {
      expect(await verifyProfileUpdate({ ...acts.profile, ...change }, alice, NOW)).toEqual({
        ok: false,
        code: 'ProofInvalid',
      });
    }
  });
});
