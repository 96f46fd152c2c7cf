import { sha256Hex } from '../../crypto/hash.ts';
import { signText, type PrivateKey } from '../../crypto/pgp.ts';
import type { SubscriptionAction } from './subscription.ts';

/** Who opts in to which channel, or out of it, each as the wire names them. */
export interface SubscriptionParties {
  readonly action: SubscriptionAction;
  /** An address. */
  readonly channel: string;
  /** CAIP-10. */
  readonly subscriber: string;
}

/**
 * What is posted to opt in or out, signed by the chat key, so that no wallet is asked: the text as the official client
 * writes it, with four spaces (protocol 7).
 * @param date signing time; now by default
 */
export async function signSubscription(
  { action, channel, subscriber }: SubscriptionParties,
  key: PrivateKey,
  date?: Date,
): Promise<{ readonly verificationProof: string; readonly message: string }> {
  const said =
    action === 'Subscribe'
      ? { channel, subscriber, action, userSetting: '' }
      : { channel, unsubscriber: subscriber, action };
  const message = JSON.stringify(said, null, 4);
  const signature = await signText(sha256Hex(JSON.stringify({ data: message })), key, date);
  return { verificationProof: `pgpv4:${signature}`, message };
}
