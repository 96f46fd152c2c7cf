import { PushChatError } from '../../errors.ts';
import { chainIn } from '../../protocol/did.ts';
import { parseNotificationProof, verifyByKey, verifyByWallet } from '../../protocol/notifications/notificationProof.ts';
import {
  parseSubscription,
  type SubscriptionAction,
  type SubscriptionChange,
} from '../../protocol/notifications/subscription.ts';
import type { Json } from '../../protocol/payload.ts';
import { verifyBy, type Arrival } from '../arrival.ts';
import type { NodeContext } from '../context.ts';
import { parseAccount } from '../parties.ts';
import { saveSubscriptionAct, subscriptionActs, subscriptionCount } from '../tables/subscriptions.ts';
import { replaceFeed } from './placeNotification.ts';

/** Channels of one account: more than anybody reads. */
const MAX_SUBSCRIPTIONS = 1_000;

/**
 * Takes an account's opt-in to a channel or its opt-out, signed by its wallet or its chat key (protocol 7). The same act
 * again changes nothing; one that a later act undid is refused, so that nobody brings it back.
 * @param channel in CAIP-10, since wallet signatures are bound to its chain
 * @throws {PushChatError} the first check that failed; `ReplayDetected`
 */
export async function changeSubscription(
  node: NodeContext,
  channel: string,
  { action, input }: { readonly action: SubscriptionAction; readonly input: unknown },
  arrival?: Arrival,
): Promise<void> {
  const change = parseSubscription(input, action, parseAccount(channel));
  const pair = { channel: change.channel, subscriber: parseAccount(change.subscriber) };
  const digest = await checkProof(node, change, chainIn(channel), arrival);
  await node.commit(async (tx) => {
    const acts = await subscriptionActs(tx, pair);
    const [known, last] = [acts.find((act) => act.digest === digest), acts.at(-1)];
    if (!arrival && known) {
      if (known === last) return;
      throw undone();
    }
    if (!arrival && action === 'Subscribe' && (await subscriptionCount(tx, pair.subscriber)) >= MAX_SUBSCRIPTIONS) {
      throw new PushChatError('NotPermitted', `An account subscribes to at most ${MAX_SUBSCRIPTIONS} channels.`);
    }
    if (!arrival) node.limits?.act(pair.subscriber);
    const at = arrival?.at ?? Math.max(node.now(), (last?.at ?? 0) + 1);
    if (known && known.at <= at) return;
    await saveSubscriptionAct(tx, pair, { digest, at, isOn: action === 'Subscribe', settings: change.settings });
    await replaceFeed(tx, pair, at);
    const verb = action === 'Subscribe' ? 'optIn' : 'optOut';
    await tx.record({ verb, target: channel, body: input as Json, at });
  });
}

async function checkProof(
  node: NodeContext,
  { verificationProof, subscriber, struct, text }: SubscriptionChange,
  chain: number | undefined,
  arrival: Arrival | undefined,
): Promise<string> {
  const proof = text === undefined ? undefined : parseNotificationProof(verificationProof);
  const byWallet = (signature: string) => verifyByWallet(struct, signature, { did: subscriber, chain });
  const result =
    text === undefined || !proof
      ? byWallet(verificationProof)
      : proof.scheme === 'eip712v2'
        ? byWallet(proof.signature)
        : await verifyBy(node, subscriber, arrival, (key, now) => verifyByKey(text, proof, key, now));
  if (result.ok) return result.digest;
  throw new PushChatError(result.code, 'The proof is not the subscriber’s own. Sign with its wallet or its chat key.');
}

const undone = (): PushChatError =>
  new PushChatError(
    'ReplayDetected',
    'This was undone since. A wallet’s signature has no date: sign with the chat key to say the same again.',
  );
