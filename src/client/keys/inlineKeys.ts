import { openKeyBundle, sealKeyBundle } from '../../crypto/keyBundle.ts';
import { armoredPrivateKey, generateKeyPair, readPrivateKey, type PrivateKey } from '../../crypto/pgp.ts';
import { revealTextKey } from '../../crypto/pgpTextKey.ts';
import { PushChatError } from '../../errors.ts';
import type { RandomBytes } from '../../crypto/random.ts';
import { signChallenge } from '../../protocol/challenge.ts';
import { signSubscription } from '../../protocol/notifications/signSubscription.ts';
import { openMessage } from '../../protocol/openMessage.ts';
import { signDevicePush } from '../../protocol/push/devicePush.ts';
import { signGroupAct } from '../../protocol/groups/signGroup.ts';
import { sealMessage, type GroupLock } from '../../protocol/sealMessage.ts';
import { signAcceptance, signProfileUpdate, signRejection } from '../../protocol/signProof.ts';
import type { AccountKeys, KeyHolder, Writing } from './accountKeys.ts';
import { groupSecrets } from './groupSecrets.ts';

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
  const secrets = groupSecrets(privateKey);
  const lockOf = async (group: NonNullable<Writing['group']>): Promise<GroupLock> =>
    'keys' in group
      ? group
      : { sessionKey: group.sessionKey, secret: await secrets.open(group.sessionKey, group.encryptedSecret) };
  return {
    publicKey: privateKey.publicKey,
    width: WIDTH,
    open: (message, { me, peer, group, senderKey, now }) =>
      openMessage(message, {
        ...{ me, peer, privateKey, keyOf: () => Promise.resolve(senderKey), now: new Date(now) },
        ...(group && { group: { periods: group.periods, secretOf: (name) => secrets.open(name, group.secret) } }),
      }),
    seal: async (content, { now, group, ...envelope }) =>
      sealMessage(content, {
        ...{ ...envelope, senderKey: privateKey, random, date: new Date(now) },
        ...(group && { group: await lockOf(group) }),
      }),
    acceptRequest: (parties, now) => signAcceptance(parties, privateKey, new Date(now)),
    rejectRequest: (parties, now) => signRejection(parties, privateKey, new Date(now)),
    signProfile: (profile, now) => signProfileUpdate(profile, privateKey, new Date(now)),
    signSubscription: (parties, now) => signSubscription(parties, privateKey, new Date(now)),
    signDevicePush: (push, now) => signDevicePush(push, privateKey, new Date(now)),
    signGroup: (draft, signer, now) => signGroupAct(draft, { signer, key: privateKey, random, date: new Date(now) }),
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
