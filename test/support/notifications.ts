import { Wallet } from 'ethers';
import { sha256Hex } from '../../src/crypto/hash.ts';
import { signText } from '../../src/crypto/pgp.ts';
import type { NotificationBody } from '../../src/protocol/notifications/notification.ts';
import type { SubscriptionAction } from '../../src/protocol/notifications/subscription.ts';
import { NOW } from './builders.ts';
import { privateKeyOf, vectorUser } from './vectors.ts';

const CHAIN = 11155111;
const DOMAIN = {
  name: 'EPNS COMM V1',
  chainId: CHAIN,
  verifyingContract: '0x9dDCD7ed7151afab43044E4D694FA064742C428c',
};
const TYPES = { Data: [{ name: 'data', type: 'string' }] };

/** A vector user in CAIP-10, as channels and subscribers are named. */
export const caip = (name: string): string => `eip155:${CHAIN}:${vectorUser(name).address}`;

/** A notification's payload as it is signed. */
export const identityOf = (type: 1 | 3 | 4, recipients: unknown, title = 'Rain', data: object = {}): string =>
  `2+${JSON.stringify({
    notification: { title, body: 'In an hour.' },
    data: { acta: 'https://rain.test', aimg: '', amsg: 'Take an umbrella.', asub: title, type: String(type), ...data },
    recipients,
  })}`;

type Flavour = 'wallet' | 'key';

/** A proof as the official client makes it of a text: by the wallet or by the chat key (protocol 7). */
async function proofOf(signer: string, text: string, flavour: Flavour, date = NOW): Promise<string> {
  if (flavour === 'wallet') {
    const wallet = new Wallet(vectorUser(signer).walletPrivateKey);
    return `eip712v2:${await wallet.signTypedData(DOMAIN, TYPES, { data: text })}`;
  }
  return `pgpv4:${await signText(sha256Hex(JSON.stringify({ data: text })), await privateKeyOf(signer), date)}`;
}

interface Sending {
  readonly flavour?: Flavour;
  readonly identity?: string;
  readonly date?: Date;
}

/** A notification from one vector user, as a channel, to another. */
export async function targeted(
  from: string,
  to: string,
  { flavour = 'key', identity = identityOf(3, caip(to)), date = NOW }: Sending = {},
): Promise<NotificationBody> {
  const proof = await proofOf(from, identity, flavour, date);
  const verificationProof = flavour === 'wallet' ? `${proof}::uid::f40f5ac2-2bfc-4176-b094-5801c9bd2dc7` : proof;
  return { verificationProof, identity, sender: caip(from), source: 'ETH_TEST_SEPOLIA', recipient: caip(to) };
}

/** A notification from a vector user to all who subscribe. */
export const broadcast = (from: string, sending: Sending = {}): Promise<NotificationBody> =>
  targeted(from, from, { identity: identityOf(1, caip(from)), ...sending });

/** What is posted to subscribe to a channel, or to leave it. */
export async function subscription(
  action: SubscriptionAction,
  who: string,
  channel: string,
  { flavour = 'key', date = NOW, settings = '' }: { flavour?: Flavour; date?: Date; settings?: string } = {},
): Promise<{ verificationProof: string; message: string }> {
  const { address } = vectorUser(channel);
  const subscriber = flavour === 'wallet' ? vectorUser(who).address : caip(who);
  const message =
    action === 'Subscribe'
      ? { channel: address, subscriber, action, userSetting: settings }
      : { channel: address, unsubscriber: subscriber, action };
  const text = JSON.stringify(message, null, 4);
  return { verificationProof: await proofOf(who, text, flavour, date), message: text };
}
