import { Wallet } from 'ethers';
import { describe, expect, it } from 'vitest';
import { openAes, sealAes } from '../../src/crypto/aes.ts';
import { sha256Hex } from '../../src/crypto/hash.ts';
import { openBoxedKey, openKeyBundle, parseKeyBundle, type BundleWallet } from '../../src/crypto/keyBundle.ts';
import { decryptText, readPrivateKey } from '../../src/crypto/pgp.ts';
import { sameKey } from '../../src/crypto/pgpPublicKey.ts';
import { DATA_TYPES } from '../../src/crypto/dataTypes.ts';
import { base64ToBytes } from '../../src/crypto/encoding.ts';
import {
  acceptanceText,
  messageText,
  profileKeysText,
  profileText,
  rejectionText,
} from '../../src/protocol/canonical.ts';
import { blockCid, encodeBlock } from '../../src/protocol/cid.ts';
import { isDid, parseDid } from '../../src/protocol/did.ts';
import { formatContent } from '../../src/protocol/messageContent.ts';
import { deriveReference, isMessageId } from '../../src/protocol/messageId.ts';
import { openMessage } from '../../src/protocol/openMessage.ts';
import {
  parseAcceptance,
  parseAuthUpdate,
  parseMessageBody,
  parseProfileUpdate,
  parseRejection,
  parseUserCreation,
} from '../../src/protocol/parsePayload.ts';
import { verifyProfileProof } from '../../src/protocol/profileProof.ts';
import { armoredKey, formatPublicKey } from '../../src/protocol/publicKey.ts';
import {
  verifyAcceptance,
  verifyMessageProof,
  verifyProfileUpdate,
  verifyRejection,
} from '../../src/protocol/verifyProof.ts';
import type { MessageBody } from '../../src/protocol/payload.ts';
import users from '../vectors/a_users.json' with { type: 'json' };
import profiles from '../vectors/d_profile.json' with { type: 'json' };
import references from '../vectors/j_references.json' with { type: 'json' };
import requests from '../vectors/c_requests.json' with { type: 'json' };
import { AFTER_VECTORS, privateKeyOf, stored, vectorMessages, vectorUser, vectorUsers } from '../support/vectors.ts';

/** The wallet of a vector user, as the official client was given it. */
function bundleWallet(walletPrivateKey: string): BundleWallet {
  const wallet = new Wallet(walletPrivateKey);
  return {
    signMessage: (text) => wallet.signMessage(text),
    signTypedData: (domain, data) => wallet.signTypedData(domain, DATA_TYPES, { data }),
    decrypt: (bundle) => Promise.resolve(openBoxedKey(bundle, walletPrivateKey)),
  };
}

describe('profiles of the official client', () => {
  it.each(vectorUsers)('$name: the wallet opens the private key, and it is the published one', async (user) => {
    const bundle = parseKeyBundle(user.creation.encryptedPrivateKey);
    const opened = await openKeyBundle(bundle, bundleWallet(user.walletPrivateKey));
    expect(opened).toBe(user.privateKeyArmored);
    const key = await readPrivateKey(opened);
    expect(await sameKey(key.publicKey, armoredKey(user.creation.publicKey))).toBe(true);
  });

  it.each(vectorUsers)('$name: the creation body parses, and hashes to what the wallet signed', (user) => {
    const body = parseUserCreation(user.creation);
    expect(profileKeysText(body)).toBe(user.profilePreimage);
    expect(sha256Hex(profileKeysText(body))).toBe(user.profileSha256);
    expect(parseDid(body.did)).toBe(body.did);
  });

  it.each(vectorUsers)('$name: the profile proof is verified for wallets alone', ({ creation }) => {
    const user = { ...creation, wallets: creation.caip10, verificationProof: creation.verificationProof ?? null };
    expect(verifyProfileProof(user)).toBe(creation.did.startsWith('eip155:') ? 'verified' : 'unattested');
  });

  it.each(vectorUsers.filter(({ creation }) => creation.publicKey.startsWith('{')))(
    '$name: the key wrapper is written the same',
    ({ creation, publicKey }) => {
      expect(formatPublicKey(publicKey)).toBe(creation.publicKey);
    },
  );

  it('dave re-wraps his key: the body omits the did that its proof covers', () => {
    const update = users.users.find(({ name }) => name === 'dave-auth-update');
    const body = parseAuthUpdate(update?.request?.body);
    const { did } = vectorUser('dave');
    expect(profileKeysText({ ...body, did })).toBe(update?.profileHashPreimage);
    expect(verifyProfileProof({ ...body, did, wallets: body.caip10 })).toBe('verified');
  });
});

describe('messages of the official client', () => {
  it.each(vectorMessages)('$name: parses unchanged, and its proof covers the same bytes', async (message) => {
    const body = parseMessageBody(message.body);
    expect(body).toEqual(message.body);
    expect(Object.keys(body)).toEqual(Object.keys(message.body));
    expect(messageText(body, 'pgpv3')).toBe(message.preimage);
    expect(sha256Hex(messageText(body, 'pgpv3'))).toBe(message.sha256);
    const { publicKey } = vectorUser(message.sender);
    expect(await verifyMessageProof(body, publicKey, AFTER_VECTORS)).toMatchObject({ ok: true, scheme: 'pgpv3' });
  });

  it.each(vectorMessages.filter(({ aes }) => aes.length > 0))('$name: seals to the same ciphertext', ({ aes }) => {
    for (const { plaintext, passphrase, ciphertext } of aes) {
      expect(openAes(passphrase, ciphertext)).toBe(plaintext);
      expect(sealAes(passphrase, plaintext, base64ToBytes(ciphertext).slice(8, 16))).toBe(ciphertext);
    }
  });

  const readable = vectorMessages.filter(({ body }) => isDid(body.toDID));
  it.each(readable)('$name: opens for sender and receiver alike', async ({ body, sender }) => {
    const from = parseDid(body.fromDID);
    const to = parseDid(body.toDID);
    const receiver = vectorUsers.find(({ did }) => parseDid(did) === to);
    for (const name of [sender, receiver?.name].filter((known) => known !== undefined)) {
      const mine = name === sender;
      const opened = await openMessage(stored(body), {
        me: mine ? from : to,
        peer: mine ? to : from,
        privateKey: await privateKeyOf(name),
        keyOf: () => Promise.resolve({ armored: vectorUser(sender).publicKey, level: 'verified' }),
        now: AFTER_VECTORS,
      });
      expect(opened).toMatchObject({ state: 'verified', from: mine ? 'me' : 'peer', mirrorDiffers: false });
      if (opened.state !== 'verified') return;
      expect(opened.encrypted).toBe(body.encType !== 'PlainText');
      const { messageObj } = formatContent(opened.content);
      const original =
        typeof body.messageObj === 'string'
          ? openAes(await decryptText(body.encryptedSecret ?? '', await privateKeyOf(name)), body.messageObj)
          : JSON.stringify(body.messageObj);
      expect(JSON.stringify(messageObj)).toBe(original);
    }
  });
});

describe('answers to requests, and profiles', () => {
  const oneToOne = requests.requests.filter(({ request }) => request.body.toDID.startsWith('eip155:'));

  it.each(oneToOne)('$name', async ({ request, preimage, sha256, signer }) => {
    const { publicKey } = vectorUser(signer);
    if (request.path.endsWith('/accept')) {
      const body = parseAcceptance(request.body);
      expect(acceptanceText(body)).toBe(preimage);
      expect(sha256Hex(acceptanceText(body))).toBe(sha256);
      expect(await verifyAcceptance(body, publicKey, AFTER_VECTORS)).toMatchObject({ ok: true });
    } else {
      const body = parseRejection(request.body);
      expect(rejectionText(body)).toBe(preimage);
      expect(await verifyRejection(body, publicKey, AFTER_VECTORS)).toMatchObject({ ok: true });
    }
  });

  it.each(profiles.requests)('$name', async ({ request, preimage, sha256, signer }) => {
    const body = parseProfileUpdate(request.body);
    expect(profileText(body)).toBe(preimage);
    expect(sha256Hex(profileText(body))).toBe(sha256);
    expect(await verifyProfileUpdate(body, vectorUser(signer).publicKey, AFTER_VECTORS)).toMatchObject({ ok: true });
  });
});

describe('message ids', () => {
  const known = new Map<string, MessageBody>(vectorMessages.map(({ name, body }) => [name, body]));

  it.each(references.vectors.filter(({ message }) => known.has(message)))(
    '$message: reference and content id',
    ({ message, timestamp, reference, link, dagCborCidOfStoredBlock }) => {
      const body = known.get(message);
      expect(body && deriveReference(body, timestamp)).toBe(reference);
      expect(blockCid(encodeBlock({ ...body, timestamp, link }))).toBe(dagCborCidOfStoredBlock);
      for (const id of [reference, dagCborCidOfStoredBlock, ...(link ? [link] : [])])
        expect(isMessageId(id)).toBe(true);
    },
  );
});
