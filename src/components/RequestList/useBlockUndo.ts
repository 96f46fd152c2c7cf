import { useState } from 'react';
import type { ChatSummary } from '../../client/state.ts';
import { usePushChat } from '../../hooks/usePushChat.ts';
import { useStore } from '../../hooks/useStore.ts';
import { isGroupId } from '../../protocol/peer.ts';
import { shortAddress } from '../shared/accountName.ts';
import type { Undoable } from '../shared/UndoBar.tsx';
import { useText } from '../text/useText.ts';

/** The way back for the stranger who was blocked last. A rejection has none: the wire forgets the request. */
export function useBlockUndo(requests: readonly ChatSummary[]): [done: Undoable | null, close: () => void] {
  const { unblockUser, refresh } = usePushChat();
  const { t } = useText();
  const blocked = useStore((state) => state.blocked);
  const [before, setBefore] = useState({ blocked, requests });
  const [done, setDone] = useState<Undoable | null>(null);

  if (before.blocked !== blocked || before.requests !== requests) {
    setBefore({ blocked, requests });
    const gone = before.requests
      .flatMap(({ peer }) => (isGroupId(peer) ? [] : [peer]))
      .find((peer) => blocked.includes(peer) && !before.blocked.includes(peer));
    if (gone) {
      const bringBack = async (): Promise<void> => {
        await unblockUser(gone);
        await refresh();
      };
      setDone({
        text: t('done.blocked', { name: shortAddress(gone) }),
        // Where it fails the stranger stays blocked, and the list of blocked accounts says so.
        undo: () => void bringBack().catch(() => undefined),
      });
    }
  }
  return [done, () => setDone(null)];
}
