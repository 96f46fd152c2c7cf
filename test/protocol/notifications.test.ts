import { describe, expect, it } from 'vitest';
import { chainIn, parseDid } from '../../src/protocol/did.ts';
import { checkRecipient, parseIdentity, parseNotificationBody } from '../../src/protocol/notifications/notification.ts';
import {
  dataStruct,
  parseNotificationProof,
  verifyByKey,
  verifyByWallet,
} from '../../src/protocol/notifications/notificationProof.ts';
import { parseSubscription } from '../../src/protocol/notifications/subscription.ts';
import { codeOf, NOW } from '../support/builders.ts';
import { caip, identityOf } from '../support/notifications.ts';
import { vectorUser, vectorUsers } from '../support/vectors.ts';
import vectors from '../vectors/g_notifications.json' with { type: 'json' };

const posted = vectors.requests.flatMap(({ name, calls }) => calls.map((call) => ({ name, ...call })));
const sent = posted.filter(({ path }) => path.endsWith('/payloads/'));
const changes = posted.filter(({ path }) => path.endsWith('subscribe'));
const keyOf = (account: string): string =>
  vectorUsers.find(({ did }) => parseDid(did) === parseDid(account))?.publicKey ?? '';
const alice = parseDid(caip('alice'));

describe('notifications of the official client', () => {
  it.each(sent)('$name: is read, and its proof holds', async ({ body: input }) => {
    const body = parseNotificationBody(input);
    const sender = parseDid(body.sender);
    const content = parseIdentity(body.identity, sender);
    checkRecipient(body, content, sender);
    const proof = parseNotificationProof(body.verificationProof);
    const verify = async (identity: string): Promise<boolean> =>
      (proof.scheme === 'eip712v2'
        ? verifyByWallet(dataStruct(identity), proof.signature, { did: sender, chain: chainIn(body.sender) })
        : await verifyByKey(identity, proof, keyOf(body.sender), NOW)
      ).ok;
    expect(await verify(body.identity)).toBe(true);
    expect(await verify(`${body.identity} `)).toBe(false);
    expect(content.notification).toEqual({ title: 'T', body: 'B' });
  });

  it.each(changes)('$name: is read, and its proof holds', async ({ body, path }) => {
    const channel = path.split('/').at(-2) ?? '';
    const action = path.endsWith('/subscribe') ? 'Subscribe' : 'Unsubscribe';
    const change = parseSubscription(body, action, parseDid(channel));
    const proof = parseNotificationProof(change.verificationProof);
    const { subscriber: did, struct, text = '' } = change;
    const verified =
      proof.scheme === 'eip712v2'
        ? verifyByWallet(struct, proof.signature, { did, chain: chainIn(channel) })
        : await verifyByKey(text, proof, keyOf(did), NOW);
    expect(verified.ok).toBe(true);
    expect(did).toBe(vectorUser('alice').did);
  });
});

describe('what is signed of a notification', () => {
  const toBob = identityOf(3, caip('bob'));

  it('says whom it is for', () => {
    const [bob, carol] = [caip('bob'), caip('carol')];
    expect(parseIdentity(toBob, alice)).toMatchObject({ type: 'targeted', to: [parseDid(bob)] });
    expect(parseIdentity(identityOf(4, { [bob]: null, [carol]: null }), alice)).toMatchObject({
      type: 'subset',
      to: [parseDid(bob), parseDid(carol)],
    });
    expect(parseIdentity(identityOf(1, caip('alice')), alice)).toMatchObject({ type: 'broadcast', to: [] });
    expect(parseIdentity('0+1+Rain+a + b', alice)).toMatchObject({ notification: { title: 'Rain', body: 'a + b' } });
  });

  it.each([
    ['for one account in the short form, which does not sign whom', '0+3+T+B', 'UnsupportedMessageType'],
    ['kept on IPFS', '1+bafyreibjzjnoiph2444iqmwlro5x3upuft6iau3lpsudju4dvzvh6kjwia', 'UnsupportedMessageType'],
    ['kept in a subgraph', '3+graph:push/rain+7', 'UnsupportedMessageType'],
    ['no JSON', '2+{', 'PayloadMalformed'],
    ['of an unknown type', identityOf(2 as 1, caip('alice')), 'PayloadMalformed'],
    ['for all, but naming another', identityOf(1, caip('bob')), 'PayloadMalformed'],
    ['for one, but naming two', identityOf(3, { [caip('bob')]: null, [caip('carol')]: null }), 'PayloadMalformed'],
    ['for nobody', identityOf(4, {}), 'PayloadMalformed'],
    ['for no account', identityOf(3, 'bob'), 'InvalidAddress'],
    ['too long a title', identityOf(3, caip('bob'), 'x'.repeat(1_001)), 'PayloadTooLarge'],
  ])('%s: is refused', (_, identity, code) => {
    expect(codeOf(() => parseIdentity(identity, alice))).toBe(code);
  });

  it('is not for whom the envelope says otherwise', () => {
    const body = {
      verificationProof: '',
      identity: toBob,
      sender: caip('alice'),
      source: 'X',
      recipient: caip('carol'),
    };
    expect(codeOf(() => checkRecipient(body, parseIdentity(toBob, alice), alice))).toBe('ReceiverMismatch');
  });

  it.each([
    ['eip155:1:0xabc', 'ProofMalformed'],
    ['thegraph:push/rain+7', 'ProofMalformed'],
    ['pgpv2:no chat', 'ProofMalformed'],
    ['pgpv4:x:meta:chat', 'ProofMalformed'],
    ['', 'ProofMissing'],
  ])('a proof %j, which nobody could check here, is refused', (proof, code) => {
    expect(codeOf(() => parseNotificationProof(proof))).toBe(code);
  });

  it('a wallet’s signature counts for the chain and the contract it was made for', () => {
    const { body } = sent[0] ?? { body: {} };
    const { identity, sender, verificationProof } = parseNotificationBody(body);
    const { signature } = parseNotificationProof(verificationProof);
    const did = parseDid(sender);
    expect(verifyByWallet(dataStruct(identity), signature, { did, chain: 11155111 }).ok).toBe(true);
    expect(verifyByWallet(dataStruct(identity), signature, { did, chain: 1 }).ok).toBe(false);
    expect(verifyByWallet(dataStruct(identity), signature, { did, chain: undefined }).ok).toBe(false);
  });
});
