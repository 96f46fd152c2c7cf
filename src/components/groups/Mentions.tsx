import { useEffect, useMemo } from 'react';
import { styled } from 'styled-components';
import { useStore } from '../../hooks/useStore.ts';
import type { Did } from '../../protocol/did.ts';
import { isGroupId } from '../../protocol/peer.ts';
import { findOnChain } from '../ChatBubble/findOnChain.ts';
import type { FindNames, Mention } from '../ChatBubble/parseMarks.ts';
import { useChatWindow } from '../ChatWindow/chatWindowContext.ts';
import { shortAddress } from '../shared/accountName.ts';
import { mentionFinder, mentionOf, type FoundMention } from './mentions.ts';
import { useMe } from './useMe.ts';

export interface MentionsProps {
  /** Takes what is looked for in the words of messages. */
  readonly setFind: (find: () => FindNames) => void;
}

/** Has members marked where messages name them. It asks nobody: known are those whom the thread or the list showed. */
export function Mentions({ setFind }: MentionsProps): null {
  const me = useMe()?.did;
  const members = useKnownMembers();
  const profiles = useStore((state) => state.profiles);
  const find = useMemo((): FindNames => {
    const inText = mentionFinder([...members].map((did) => ({ did, name: profiles[did]?.name ?? null })));
    return (text) => {
      const mentioned = inText(text);
      // The address in a mention is part of it.
      const isFree = (at: number): boolean =>
        !mentioned.some((each) => at > each.at && at < each.at + each.text.length);
      const others = [...findOnChain(text)].filter(([at]) => isFree(at));
      const all = [...mentioned.map((each) => [each.at, drawn(each, me)] as const), ...others];
      return all.sort(([a], [b]) => a - b);
    };
  }, [members, profiles, me]);
  useEffect(() => {
    setFind(() => find);
    return () => setFind(() => findOnChain);
  }, [find, setFind]);
  return null;
}

/** Everybody who is or was in the group, as far as this page has met them. */
function useKnownMembers(): ReadonlySet<Did> {
  const { peer, thread } = useChatWindow();
  const lines = useStore(({ groups }) => (isGroupId(peer) ? groups[peer]?.lines : undefined));
  const listed = useStore(({ groupMembers }) => (isGroupId(peer) ? groupMembers[peer]?.items : undefined));
  // One who has written before is no news.
  const senders = [...new Set(thread?.items.flatMap(({ sender }) => sender ?? []))].sort().join();
  return useMemo(() => {
    const told = (lines ?? []).flatMap(({ by, members }) => [by, ...members]);
    return new Set(
      [...told, ...(listed ?? []).map(({ did }) => did), ...(senders.split(',') as Did[])].filter(Boolean),
    );
  }, [lines, listed, senders]);
}

function drawn({ text, dids }: FoundMention, me: Did | undefined): Mention {
  const [only] = dids;
  const isMe = me !== undefined && dids.includes(me);
  // A whole address is as short here as everywhere.
  const isAddress = only !== undefined && text.toLowerCase() === mentionOf(only, null).toLowerCase();
  const words = isAddress ? `@${shortAddress(only)}` : text;
  return {
    kind: 'mention',
    text,
    drawn: (
      <Word data-mention={isMe ? 'me' : ''} title={dids.length === 1 ? only : undefined}>
        {words}
      </Word>
    ),
  };
}

const Word = styled.bdi`
  font-weight: 600;

  [data-from='peer'] & {
    color: var(--pc-color-accent-text);
  }
  &&[data-mention='me'] {
    padding: 1px 5px;
    border-radius: 7px;
    background: var(--pc-color-accent);
    color: var(--pc-color-on-accent);
    box-decoration-break: clone;
  }
  [data-from='me'] &&[data-mention='me'] {
    background: var(--pc-color-accent-pressed);
  }
  @media (forced-colors: active) {
    &[data-mention='me'] {
      outline: 1px solid;
    }
  }
`;
