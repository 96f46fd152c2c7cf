import type { Peer } from '../../protocol/peer.ts';
import { isBeside } from '../../protocol/beside.ts';
import type { OpenedItem, ThreadItem } from '../state.ts';
import { NEWS_MS } from './claims.ts';
import { isQuiet } from '../../protocol/push/quietHours.ts';
import type { NotificationChoices } from './notificationSettings.ts';

/** A message that came live, as it was judged. */
export interface Arrival {
  readonly peer: Peer;
  readonly item: ThreadItem;
  /** Whether it came in an accepted chat or a group that this account is in, rather than as a request. */
  readonly accepted: boolean;
}

/**
 * The message, if it may notify at all: one of an accepted chat, from its peer, verified, and news. A request never does,
 * nor what could not be verified, nor what was signed long ago, such as a replay that a node serves as new.
 * @param now milliseconds since the epoch
 */
export function newsIn({ item, accepted }: Arrival, now: number): OpenedItem | undefined {
  if (!accepted || item.from === 'me' || item.state !== 'verified' || isBeside(item.content.type)) return undefined;
  return (item.verification?.signedAt ?? -Infinity) > now - NEWS_MS ? item : undefined;
}

/** What the user wants, and what they are doing. */
export interface Circumstances {
  readonly settings: Pick<NotificationChoices, 'quiet'>;
  readonly muted: boolean;
  /** On the screen of any tab. */
  readonly inView: boolean;
  /** Minutes since midnight, by the clock of the device. */
  readonly minutes: number;
}

/** Whether the user is to hear of it now. */
export const mayDisturb = ({ settings, muted, inView, minutes }: Circumstances): boolean =>
  !muted && !inView && !isQuiet(settings.quiet, minutes);
