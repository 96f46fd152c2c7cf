import { asPushChatError } from '../../errors.ts';
import type { GroupId } from '../../protocol/peer.ts';
import type { ClientContext } from '../context.ts';
import type { Beginning, GroupFile, KeptGroup } from './groupFile.ts';
import { createRoster } from './roster.ts';

function nothing(): Beginning {
  const roster = createRoster();
  return {
    ...{ roster, seen: roster, place: '', served: 0, isWhole: true, anewAt: 0 },
    agreed: new Set(),
    pinned: undefined,
  };
}

/** What is known of a group before the node is asked. */
export async function recallGroup(client: ClientContext, chatId: GroupId): Promise<Beginning> {
  const file = client.groups.get(chatId);
  if (file) return { ...file, pinned: file };
  try {
    const kept = (await client.account?.vault.get('group', chatId)) as KeptGroup | undefined;
    if (!kept) return nothing();
    const { agreed, isPublic, kindProven, ...acts } = kept;
    const roster = createRoster(kept.roster);
    return {
      ...acts,
      anewAt: 0,
      roster,
      seen: kept.seen ? createRoster(kept.seen) : roster,
      agreed: new Set(agreed),
      pinned: { isPublic, kindProven },
    };
  } catch (error) {
    client.warn(asPushChatError(error));
    return nothing();
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
  const { chatId, isPublic, kindProven, place, served, isWhole, roster, seen } = file;
  const keep = async (): Promise<void> => {
    const kept = (await vault.get('group', chatId)) as KeptGroup | undefined;
    const agreed = [...new Set([...(kept?.agreed ?? []), ...file.agreed])];
    const [proven, all] = [roster.keep(), seen === roster ? undefined : seen.keep()];
    const own: KeptGroup = {
      ...{ isPublic, kindProven, place, served, isWhole, agreed },
      ...(proven && { roster: proven }),
      ...(all && { seen: all }),
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
const knows = ({ roster, seen }: Pick<KeptGroup, 'roster' | 'seen'>): number => (seen ?? roster)?.acts.length ?? 0;
