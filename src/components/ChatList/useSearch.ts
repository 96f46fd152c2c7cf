import { useMemo } from 'react';
import type { ChatSummary } from '../../client/state.ts';
import { useStore } from '../../hooks/useStore.ts';
import { isGroupId } from '../../protocol/peer.ts';
import { accountName } from '../shared/accountName.ts';
import { summarizeItem } from '../shared/summarize.ts';
import { useText } from '../text/useText.ts';

/** The rows whose name, address or newest message has the words in it, whatever their case. */
export function useSearch(rows: readonly ChatSummary[], search: string): readonly ChatSummary[] {
  const profiles = useStore((state) => state.profiles);
  const groups = useStore((state) => state.groups);
  const { t } = useText();
  return useMemo(() => {
    const wanted = search.trim().toLowerCase();
    if (wanted === '') return rows;
    return rows.filter(({ peer, last }) => {
      const texts = [
        peer,
        accountName(peer, isGroupId(peer) ? groups[peer]?.name : profiles[peer]?.name),
        last ? summarizeItem(last, t) : '',
      ];
      return texts.some((text) => text.toLowerCase().includes(wanted));
    });
  }, [rows, search, profiles, groups, t]);
}
