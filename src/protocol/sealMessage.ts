import { sealAes } from '../crypto/aes.ts';
import { sha256Hex } from '../crypto/hash.ts';
import { encryptToMany } from '../crypto/encryptToMany.ts';
import { encryptText, signText, type PrivateKey } from '../crypto/pgp.ts';
import { randomBytes, randomSecret, type RandomBytes } from '../crypto/random.ts';
import { PushChatError } from '../errors.ts';
import { formatBinding, type Binding } from './binding.ts';
import { isHash, messageText } from './canonical.ts';
import { MAX_PAYLOAD_BYTES } from './limits.ts';
import { checkSendable, formatContent, type MessageContent } from './messageContent.ts';
import type { MessageBody } from './payload.ts';

export interface Envelope {
  /** The sender's id as its profile spells it: the first entry of `wallets`. */
  readonly from: string;
  readonly to: string;
  /** The receiver's armored key; null sends in plain text, which the caller must have a consent for. */
  readonly receiverKey: string | null;
  readonly senderKey: PrivateKey;
  /** In a private group, instead of a receiver's key: the keys of all who are in it, or the secret that they share. */
  readonly group?: GroupLock;
  /** Its place in the thread, for encrypted messages. */
  readonly binding?: Binding;
  readonly random?: RandomBytes;
  /** Signing time; now by default. */
  readonly date?: Date;
}

/** How a message to a private group is encrypted (protocol 3.3, 5.6). */
export type GroupLock =
  | { readonly keys: readonly string[] }
  | { readonly sessionKey: string; /** The opened secret that it names. */ readonly secret: string };

/**
 * Makes the body of a message: content, encryption and proof (protocol 3.3 to 3.5).
 * @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge`, `KeyNotFound`
 */
export async function sealMessage(content: MessageContent, envelope: Envelope): Promise<MessageBody> {
  checkSendable(content);
  const { from, to, senderKey, date } = envelope;
  const sealed = await sealContent(content, envelope);
  const unsigned = {
    fromDID: from,
    toDID: to,
    fromCAIP10: from,
    toCAIP10: to,
    messageType: content.type,
    ...sealed,
    signature: '',
    sigType: 'pgpv3',
  };
  const hash = sha256Hex(messageText(unsigned, 'pgpv3'));
  const [signature, proof] = await Promise.all([
    signText(isHash(unsigned.messageContent) ? hash : unsigned.messageContent, senderKey, date),
    signText(hash, senderKey, date),
  ]);
  const body: MessageBody = { ...unsigned, signature, verificationProof: `pgpv3:${proof}` };
  const size = new TextEncoder().encode(JSON.stringify(body)).length;
  if (size > MAX_PAYLOAD_BYTES) {
    throw new PushChatError(
      'PayloadTooLarge',
      envelope.group
        ? `The encrypted message has ${size} bytes, a node takes ${MAX_PAYLOAD_BYTES}. Give this group a session key.`
        : `The encrypted message has ${size} bytes, a node takes ${MAX_PAYLOAD_BYTES}. Send a file of at most 280 kB.`,
    );
  }
  return body;
}

type Sealed = Pick<MessageBody, 'messageObj' | 'encType' | 'sessionKey' | 'encryptedSecret' | 'messageContent'>;

async function sealContent(content: MessageContent, envelope: Envelope): Promise<Sealed> {
  const { messageObj, messageContent } = formatContent(content);
  const { receiverKey, group, senderKey, binding, random = randomBytes } = envelope;
  if (receiverKey === null && !group) {
    return { messageObj, encType: 'PlainText', sessionKey: null, encryptedSecret: '', messageContent };
  }
  const bound = binding ? { ...messageObj, x: formatBinding(binding) } : messageObj;
  const shared = group && 'secret' in group ? group : undefined;
  const secret = shared?.secret ?? randomSecret(random);
  const wrap = (): Promise<string> =>
    group && 'keys' in group
      ? encryptToMany(secret, group.keys)
      : encryptText(secret, [receiverKey ?? '', senderKey.publicKey]);
  return {
    messageObj: sealAes(secret, JSON.stringify(bound), random(8)),
    encType: shared ? 'pgpv1:group' : 'pgp',
    sessionKey: shared?.sessionKey ?? null,
    encryptedSecret: shared ? null : await wrap(),
    messageContent: sealAes(secret, messageContent, random(8)),
  };
}
