import { asPushChatError } from '../../errors.ts';
import type { GroupId } from '../../protocol/peer.ts';
import type { ClientContext } from '../context.ts';
import type { Beginning, GroupFile, KeptGroup } from './groupFile.ts';
import { createRoster } from './roster.ts';

const NOTHING = (): Beginning => ({
  ...{ roster: createRoster(), place: '', served: 0, isWhole: true, anewAt: 0, lacking: [], doubts: new Map() },
  agreed: new Set(),
  pinned: undefined,
});

/** What is known of a group before the node is asked. */
export async function recallGroup(client: ClientContext, chatId: GroupId): Promise<Beginning> {
  const file = client.groups.get(chatId);
  if (file) return { ...file, pinned: file };
  try {
    const kept = (await client.account?.vault.get('group', chatId)) as KeptGroup | undefined;
    if (!kept) return NOTHING();
    const { agreed, doubts, roster, isPublic, kindProven, ...acts } = kept;
    return {
      ...acts,
      anewAt: 0,
      roster: createRoster(roster),
      doubts: new Map(doubts),
      agreed: new Set(agreed),
      pinned: { isPublic, kindProven },
    };
  } catch (error) {
    client.warn(asPushChatError(error));
    return NOTHING();
  }
}

/**
 * Keeps what is known of a group, sealed on this device. Another tab may know more: what it took of acts stays, and what
 * was agreed to in either is agreed to.
 */
export async function keepGroup(client: ClientContext, file: GroupFile): Promise<void> {
  const { account } = client;
  if (!account) return;
  const { vault, tabs } = account;
  const { chatId, isPublic, kindProven, place, served, isWhole, lacking, roster } = file;
  const keep = async (): Promise<void> => {
    const kept = (await vault.get('group', chatId)) as KeptGroup | undefined;
    const agreed = [...new Set([...(kept?.agreed ?? []), ...file.agreed])];
    const proven = roster.keep();
    const own: KeptGroup = {
      ...{ isPublic, kindProven, place, served, isWhole, lacking, agreed },
      doubts: [...file.doubts],
      ...(proven && { roster: proven }),
    };
    await vault.put('group', chatId, kept && knows(kept) > knows(own) ? { ...kept, agreed } : own);
  };
  try {
    await tabs.alone(keep);
  } catch (error) {
    client.warn(asPushChatError(error));
  }
}

/** How many acts were ever taken. */
const knows = ({ roster, lacking }: Pick<KeptGroup, 'roster' | 'lacking'>): number =>
  (roster?.acts.length ?? 0) + lacking.length;
