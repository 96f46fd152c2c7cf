import { beforeAll, describe, expect, it } from 'vitest';
import type { AccountKeys, KeyHolder } from '../../src/client/keys/accountKeys.ts';
import { parseKeyBundle } from '../../src/crypto/keyBundle.ts';
import { sameKey } from '../../src/crypto/pgpPublicKey.ts';
import { parseDid, type Did } from '../../src/protocol/did.ts';
import type { AttestedKey } from '../../src/protocol/openMessage.ts';
import { verifyAcceptance, verifyMessageProof } from '../../src/protocol/verifyProof.ts';
import { decryptTextWith } from '../../src/crypto/pgpTextKey.ts';
import { didOf, NOW, sealed, text, walletOf } from '../support/builders.ts';
import { stored, vectorUser } from '../support/vectors.ts';

/** What every place for private keys does. */
export function accountKeysContract(name: string, open: () => KeyHolder): void {
  describe(`keys: ${name}`, () => {
    const now = NOW.getTime();
    const [alice, bob] = [parseDid(didOf('alice')), parseDid(didOf('bob'))] as [Did, Did];
    const keyOf = (user: string): AttestedKey => ({
      armored: vectorUser(user).publicKey,
      level: 'verified',
      attestedBy: null,
    });
    let holder: KeyHolder;
    let bobs: AccountKeys;
    let prompts: string[];

    beforeAll(async () => {
      holder = open();
      prompts = [];
      const wallet = walletOf('bob');
      bobs = await holder.unwrap(parseKeyBundle(vectorUser('bob').creation.encryptedPrivateKey), {
        signMessage: (words) => {
          prompts.push(words);
          return wallet.signMessage(words);
        },
      });
    });

    it('opens a bundle with one signature of the wallet', () => {
      expect(prompts).toEqual([expect.stringMatching(/^Enable Push Profile \n/)]);
      expect(bobs.publicKey).toContain('PUBLIC KEY');
    });

    it('opens messages, and judges those that are not right', async () => {
      const message = stored(await sealed(text('Hello')));
      const reading = { me: bob, peer: alice, senderKey: keyOf('alice'), now };
      expect(await bobs.open(message, reading)).toMatchObject({ state: 'verified', content: text('Hello') });
      const changed = { ...message, messageType: 'Image' };
      expect(await bobs.open(changed, reading)).toMatchObject({ state: 'quarantined', reason: 'ProofInvalid' });
      expect(await bobs.open(message, { ...reading, senderKey: null })).toMatchObject({ reason: 'KeyNotFound' });
    });

    it('seals and signs', async () => {
      const envelope = { from: didOf('bob'), to: didOf('alice'), receiverKey: keyOf('alice').armored, now };
      const body = await bobs.seal(text('Hi'), envelope);
      expect(await verifyMessageProof(body, bobs.publicKey, NOW)).toMatchObject({ ok: true, scheme: 'pgpv3' });
      const yes = await bobs.acceptRequest({ requester: didOf('alice'), acceptor: didOf('bob') }, now);
      expect(await verifyAcceptance(yes, bobs.publicKey, NOW)).toMatchObject({ ok: true });
    });

    it('discloses one encrypted message, whatever the kind of its key, and nothing that is not its own', async () => {
      for (const keys of [bobs, await holder.generate(now - 1_000, 'curve25519')]) {
        const envelope = { from: didOf('bob'), to: didOf('alice'), receiverKey: keyOf('alice').armored, now };
        const bodies = await Promise.all(['one', 'two'].map((words) => keys.seal(text(words), envelope)));
        const [secret = '', other = ''] = bodies.map(({ encryptedSecret }) => encryptedSecret ?? '');
        const textKey = await keys.disclose(secret);
        expect(await decryptTextWith(secret, textKey)).toMatch(/^[A-Za-z0-9]{22}$/);
        await expect(decryptTextWith(other, textKey)).rejects.toMatchObject({ code: 'DecryptFailed' });
      }
      const message = await sealed(text('for carol'), { from: 'alice', to: 'carol' });
      const refused = { name: 'PushChatError', code: 'DecryptFailed' };
      await expect(bobs.disclose(message.encryptedSecret ?? '')).rejects.toMatchObject(refused);
    });

    it('refuses with the same typed errors', async () => {
      const envelope = { from: didOf('bob'), to: didOf('alice'), receiverKey: 'no key', now };
      await expect(bobs.seal(text('Hi'), envelope)).rejects.toMatchObject({
        name: 'PushChatError',
        code: 'KeyNotFound',
      });
      const bundle = parseKeyBundle(vectorUser('bob').creation.encryptedPrivateKey);
      const declined = { signMessage: () => Promise.reject(Object.assign(new Error('no'), { code: 4001 })) };
      await expect(holder.unwrap(bundle, declined)).rejects.toThrow();
      const other = { signMessage: (words: string) => walletOf('carol').signMessage(words) };
      await expect(holder.unwrap(bundle, other)).rejects.toMatchObject({ code: 'DecryptFailed' });
    });

    it('ST-07 asks each wallet for its own account when several are opened at once', async () => {
      const users = ['alice', 'bob'];
      const opened = await Promise.all(
        users.map((user) =>
          holder.unwrap(parseKeyBundle(vectorUser(user).creation.encryptedPrivateKey), {
            signMessage: (words) => walletOf(user).signMessage(words),
          }),
        ),
      );
      const same = opened.map(({ publicKey }, i) => sameKey(publicKey, vectorUser(users[i] ?? '').publicKey));
      expect(await Promise.all(same)).toEqual(users.map(() => true));
    });

    it('makes new keys, wraps them, and has them again from what it gave to be kept', { timeout: 60_000 }, async () => {
      const made = await holder.generate(now, 'rsa2048');
      const [preKey, signature] = ['ab'.repeat(32), `0x${'11'.repeat(64)}1b`];
      const wrapped = parseKeyBundle(await made.wrap(preKey, signature));
      const again = await holder.unwrap(wrapped, { signMessage: () => Promise.resolve(signature) });
      const restored = await holder.restore(await made.reveal());
      expect([again.publicKey, restored.publicKey]).toEqual([made.publicKey, made.publicKey]);
    });

    it('makes Curve25519 keys, and writes and reads with them', async () => {
      const made = await holder.generate(now - 1_000, 'curve25519');
      const carol = parseDid(didOf('carol'));
      const envelope = { from: didOf('carol'), to: didOf('bob'), receiverKey: keyOf('bob').armored, now };
      const body = await made.seal(text('Light'), envelope);
      const senderKey = { armored: made.publicKey, level: 'verified', attestedBy: null } as const;
      const opened = await bobs.open(stored(body), { me: bob, peer: carol, senderKey, now });
      expect(opened).toMatchObject({ state: 'verified', content: text('Light') });
      const answer = await bobs.seal(text('Indeed'), {
        ...envelope,
        from: didOf('bob'),
        to: didOf('carol'),
        receiverKey: made.publicKey,
      });
      const read = await made.open(stored(answer), { me: carol, peer: bob, senderKey: keyOf('bob'), now });
      expect(read).toMatchObject({ state: 'verified', content: text('Indeed') });
    });

    it('ST-08 gives a confined key to nobody, and works with it', async () => {
      const bundle = parseKeyBundle(vectorUser('carol').creation.encryptedPrivateKey);
      const keys = await holder.unwrap(bundle, { signMessage: (words) => walletOf('carol').signMessage(words) });
      keys.confine();
      await expect(keys.reveal()).rejects.toMatchObject({ code: 'SessionLocked' });
      await expect(keys.wrap('ab'.repeat(32), `0x${'11'.repeat(64)}1b`)).rejects.toMatchObject({
        code: 'SessionLocked',
      });
      expect(await keys.rejectRequest({ requester: didOf('alice'), rejector: didOf('carol') }, now)).toBeDefined();
    });
  });
}
