import { asPushChatError } from '../../errors.ts';
import type { GroupId } from '../../protocol/peer.ts';
import type { ClientContext } from '../context.ts';
import type { Beginning, GroupFile, KeptGroup } from './groupFile.ts';
import { createRoster } from './roster.ts';

const NOTHING = (): Beginning => ({
  roster: createRoster(),
  agreed: new Set(),
  place: '',
  served: 0,
  pinned: undefined,
});

/** What is known of a group before the node is asked. */
export async function recallGroup(client: ClientContext, chatId: GroupId): Promise<Beginning> {
  const file = client.groups.get(chatId);
  if (file) return { ...file, pinned: file };
  try {
    const kept = (await client.account?.vault.get('group', chatId)) as KeptGroup | undefined;
    if (!kept) return NOTHING();
    const { agreed, place, served } = kept;
    return { roster: createRoster(kept.roster), agreed: new Set(agreed), place, served, pinned: kept };
  } catch (error) {
    client.warn(asPushChatError(error));
    return NOTHING();
  }
}

/** Keeps what is known of a group, sealed on this device. */
export async function keepGroup(client: ClientContext, file: GroupFile): Promise<void> {
  const { isPublic, kindProven, agreed, place, served, roster } = file;
  const proven = roster.keep();
  const kept: KeptGroup = {
    isPublic,
    kindProven,
    agreed: [...agreed],
    place,
    served,
    ...(proven && { roster: proven }),
  };
  try {
    await client.account?.vault.put('group', file.chatId, kept);
  } catch (error) {
    client.warn(asPushChatError(error));
  }
}
