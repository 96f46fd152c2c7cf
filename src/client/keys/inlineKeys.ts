import { openKeyBundle, sealKeyBundle } from '../../crypto/keyBundle.ts';
import { armoredPrivateKey, generateKeyPair, readPrivateKey, type PrivateKey } from '../../crypto/pgp.ts';
import { revealTextKey } from '../../crypto/pgpTextKey.ts';
import { PushChatError } from '../../errors.ts';
import type { RandomBytes } from '../../crypto/random.ts';
import { signChallenge } from '../../protocol/challenge.ts';
import { signSubscription } from '../../protocol/notifications/signSubscription.ts';
import { openMessage } from '../../protocol/openMessage.ts';
import { signDevicePush } from '../../protocol/push/devicePush.ts';
import { sealMessage } from '../../protocol/sealMessage.ts';
import { signAcceptance, signProfileUpdate, signRejection } from '../../protocol/signProof.ts';
import type { AccountKeys, KeyHolder } from './accountKeys.ts';

/** Keeps keys in this thread. */
export function inlineKeys(random: RandomBytes): KeyHolder {
  const hold = async (armored: string): Promise<AccountKeys> => keysOf(await readPrivateKey(armored), random);
  return {
    generate: async (now, type) => hold((await generateKeyPair(new Date(now), type)).privateKey),
    unwrap: async (bundle, wallet) => hold(await openKeyBundle(bundle, wallet)),
    restore: hold,
  };
}

/** Opening takes some steps that the platform does elsewhere, so that a few go hand in hand. */
const WIDTH = 4;

function keysOf(privateKey: PrivateKey, random: RandomBytes): AccountKeys {
  let isConfined = false;
  const give = (): string => {
    if (isConfined) throw new PushChatError('SessionLocked', 'This key is not given out. Unlock chat again.');
    return armoredPrivateKey(privateKey);
  };
  return {
    publicKey: privateKey.publicKey,
    width: WIDTH,
    open: (message, { me, peer, senderKey, now }) =>
      openMessage(message, { me, peer, privateKey, keyOf: () => Promise.resolve(senderKey), now: new Date(now) }),
    seal: (content, { now, ...envelope }) =>
      sealMessage(content, { ...envelope, senderKey: privateKey, random, date: new Date(now) }),
    acceptRequest: (parties, now) => signAcceptance(parties, privateKey, new Date(now)),
    rejectRequest: (parties, now) => signRejection(parties, privateKey, new Date(now)),
    signProfile: (profile, now) => signProfileUpdate(profile, privateKey, new Date(now)),
    signSubscription: (parties, now) => signSubscription(parties, privateKey, new Date(now)),
    signDevicePush: (push, now) => signDevicePush(push, privateKey, new Date(now)),
    answerChallenge: (challenge, now) => signChallenge(challenge, privateKey, new Date(now)),
    disclose: (encryptedSecret) => revealTextKey(encryptedSecret, privateKey),
    // eslint-disable-next-line @typescript-eslint/require-await -- a refusal is a rejection
    reveal: async () => give(),
    // eslint-disable-next-line @typescript-eslint/require-await -- as above
    wrap: async (preKey, signature) => sealKeyBundle(give(), preKey, signature, random),
    confine: () => {
      isConfined = true;
    },
    // Whoever holds this holds the key, and lets go of it with this.
    forget: () => undefined,
  };
}
