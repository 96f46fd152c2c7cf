import { isGroupId, isPeer, parsePeer, type Peer } from '../../protocol/peer.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import type { ThreadItem } from '../state.ts';
import type { MessagesOptions } from './messagesOptions.ts';
import { handle, parseCursor, placeFrom, type Place, type Places } from './place.ts';
import type { ListedChat } from './sweep.ts';

/** How far the messages of each chat are handled: kept on the device, or for as long as the loop runs. */
export interface KeptPlaces {
  readonly of: (peer: Peer) => Place;
  /** All of them, with this message counted as handled too. */
  readonly after: (peer: Peer, item: ThreadItem) => Places;
  /** Decides at the first look at all chats where each one begins. */
  readonly begin: (chats: readonly ListedChat[]) => Promise<void>;
  /** Resolves when it is kept: from then on the message does not come again. @throws {PushChatError} as a storage */
  readonly handled: (peer: Peer, item: ThreadItem) => Promise<void>;
}

type Options = Pick<MessagesOptions, 'from' | 'groups' | 'name'>;

/** @throws {PushChatError} `InvalidConfig` for what is no cursor, `StorageUnavailable` */
export async function keptPlaces(
  client: ClientContext,
  { from = 'now', groups = false, name = 'bot' }: Options,
): Promise<KeptPlaces> {
  const { vault } = requireAccount(client);
  const kept = name === null ? undefined : await read(client, name);
  const given = typeof from === 'string' && from !== 'now' && from !== 'beginning' ? parseCursor(from) : undefined;
  const known = given ?? kept;
  let base = known?.base;
  const chats = new Map(known?.chats);
  const withGroups = groups !== false || (known?.groups ?? false);
  let isBegun = known !== undefined && known === kept && known.groups === withGroups;

  const keep = async (of: string, place: Place): Promise<void> => {
    if (name !== null) await vault.put('handled', `${name} ${of}`, place);
  };
  const of = (peer: Peer): Place => chats.get(peer) ?? placeFrom(base ?? 0);
  return {
    of,
    after: (peer, item) => ({
      base: base ?? 0,
      groups: withGroups,
      chats: new Map(chats).set(peer, handle(of(peer), item)),
    }),
    begin: async (listed) => {
      if (isBegun) return;
      for (const { peer, head } of listed) {
        // Whoever follows groups from this run on does not want what was said in them before.
        const isNew = known === undefined || (!known.groups && isGroupId(peer));
        if (!isNew || !head || from === 'beginning') continue;
        // By the node's own clock: what is there now is old.
        chats.set(peer, placeFrom(from instanceof Date ? from.getTime() : head.timestamp));
      }
      for (const [peer, place] of chats) await keep(peer, place);
      base ??= from instanceof Date ? from.getTime() : 0;
      // Last, so that whoever dies before begins anew.
      if (withGroups) await keep(GROUPS, placeFrom(0));
      await keep(BASE, placeFrom(base));
      isBegun = true;
    },
    handled: async (peer, item) => {
      const place = handle(of(peer), item);
      await keep(peer, place);
      chats.set(peer, place);
    },
  };
}

const BASE = '';
/** There once groups are followed. */
const GROUPS = 'groups';

async function read(client: ClientContext, name: string): Promise<Places | undefined> {
  const records = (await requireAccount(client).vault.list('handled'))
    .filter((record) => record.name.startsWith(`${name} `))
    .map((record) => [record.name.slice(name.length + 1), record.value as Place] as const);
  const base = records.find(([of]) => of === BASE)?.[1].floor;
  if (base === undefined) return undefined;
  return {
    base,
    groups: records.some(([of]) => of === GROUPS),
    // Another name may begin with this one.
    chats: new Map(records.flatMap(([of, place]) => (isPeer(of) ? [[parsePeer(of), place]] : []))),
  };
}
