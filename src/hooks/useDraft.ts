import { useCallback, useSyncExternalStore } from 'react';
import { draftOf } from '../client/drafts.ts';
import { usePushChat } from './usePushChat.ts';

/** Takes the new text, or makes it of the present one. */
export type SetDraft = (text: string | ((now: string) => string)) => void;

/**
 * What the user has written to a peer and not yet sent. It outlives the composer and the page, sealed on this device, and
 * never meets another wallet.
 * @example const [draft, setDraft] = useDraft(peer);
 */
export function useDraft(peer: string): [draft: string, setDraft: SetDraft] {
  const { drafts, setDraft: keep } = usePushChat();
  const snapshot = (): string => draftOf(drafts.get(), peer);
  const draft = useSyncExternalStore(drafts.subscribe, snapshot, snapshot);
  const setDraft = useCallback<SetDraft>(
    (text) => {
      keep(peer, typeof text === 'string' ? text : text(draftOf(drafts.get(), peer)));
    },
    [drafts, keep, peer],
  );
  return [draft, setDraft];
}
