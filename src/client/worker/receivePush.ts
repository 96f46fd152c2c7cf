import { bytesToHex } from '@noble/hashes/utils.js';
import { randomBytes } from '../../crypto/random.ts';
import { asPushChatError, type PushChatError } from '../../errors.ts';
import { isGroupId } from '../../protocol/peer.ts';
import { parsePushNews, type PushNews } from '../../protocol/push/pushNews.ts';
import { isQuiet } from '../../protocol/push/quietHours.ts';
import { claim } from '../notify/claims.ts';
import type { KeptGroup } from '../groups/groupFile.ts';
import {
  chatName,
  ENGLISH_TEXTS,
  notificationLines,
  type NotificationLines,
  type NotificationTexts,
} from '../notify/notificationLines.ts';
import { minutesOfDay, settingsOf, type KeptChoices } from '../notify/keptChoices.ts';
import type { NotificationChoices } from '../notify/notificationSettings.ts';
import { tagOf } from '../notify/tagOf.ts';
import type { DeviceStorage } from '../storage/storage.ts';
import { hasVault, openVault, type Vault } from '../storage/vault.ts';
import type { Transport } from '../transport.ts';
import { openForWorker } from './openForWorker.ts';

/** What a service worker shows, if anything. */
export interface WokenNotification extends NotificationLines {
  readonly tag: string;
  readonly peer: string;
  /** A page has told the user: the browser wants to see something nevertheless. */
  readonly again: boolean;
}

/** Nobody here is meant any more: the subscription may end. */
export type Woken = WokenNotification | 'nothing' | 'gone';

export interface Waking {
  readonly storage: DeviceStorage;
  readonly transport: Transport;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Whether a page of this origin is open, whose client may tell the user; and resolves when it had time to do so. */
  readonly hasPage: boolean;
  readonly pageHadTime: () => Promise<void>;
  readonly texts?: NotificationTexts | undefined;
  readonly warn?: ((error: PushChatError) => void) | undefined;
}

/**
 * What to show for a push that was decrypted. The same rules as in a page hold: not twice, not what is muted, not in quiet
 * hours; what was written only where the user wants that, and the device keeps the keys to open and check it. A group has
 * the name that was signed, as far as this device keeps it.
 * @throws {PushChatError} `PayloadMalformed`, `StorageUnavailable`
 */
export async function receivePush(text: string, waking: Waking): Promise<Woken> {
  const news = parsePushNews(text);
  const { storage, transport, now, warn } = waking;
  const scope = { did: news.to, network: transport.host ?? '' };
  // Of an account that was logged out nothing is left.
  if (!(await hasVault(storage, scope))) return 'gone';
  const vault = await openVault(storage, scope, { random: randomBytes, warn: (error) => warn?.(error) });
  const kept = (await vault.list('notifying')).map(({ name, value }) => [name, value] as const);
  const settings = settingsOf(Object.fromEntries(kept) as KeptChoices);
  if (!settings.push) return 'gone';
  if (waking.hasPage) await waking.pageHadTime();
  const muted = (await vault.get('muted', news.peer)) === true;
  const isMine = await claim(vault, bytesToHex(randomBytes(8)), [news.cid], now);
  if (muted || isQuiet(settings.quiet, minutesOfDay(now))) return 'nothing';
  const lines = await linesOf(news, { vault, settings, waking });
  return { ...lines, tag: tagOf(scope.network, news.to, news.peer), peer: news.peer, again: !isMine };
}

interface Told {
  readonly vault: Vault;
  readonly settings: NotificationChoices;
  readonly waking: Waking;
}

async function linesOf(news: PushNews, { vault, settings, waking }: Told): Promise<NotificationLines> {
  const { transport, now, texts = ENGLISH_TEXTS, warn } = waking;
  const { peer } = news;
  const group = isGroupId(peer) ? ((await vault.get('group', peer)) as KeptGroup | undefined) : undefined;
  const groupName = group?.roster?.group.profile.groupName;
  if (settings.text) {
    try {
      const item = await openForWorker(news, { vault, transport, now, ...(group && { group }) });
      const told = { peer, ...(groupName !== undefined && { groupName }) };
      if (item) return notificationLines({ ...told, item, unread: 1, settings }, { texts });
    } catch (error) {
      warn?.(asPushChatError(error));
    }
  }
  return { title: texts.from(chatName(peer, groupName), 1), body: '' };
}
