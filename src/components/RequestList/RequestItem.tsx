import { useId, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { useProfile } from '../../hooks/useProfile.ts';
import { useRequestActions } from '../../hooks/useRequestActions.ts';
import { useStore } from '../../hooks/useStore.ts';
import { isGroupId } from '../../protocol/peer.ts';
import { AnswerButtons } from '../Composer/AnswerButtons.tsx';
import { LateInvitation } from '../groups/lateGroups.tsx';
import { accountName, shortAddress } from '../shared/accountName.ts';
import { Avatar } from '../shared/Avatar.tsx';
import { LookalikeNote } from '../shared/LookalikeNote.tsx';
import { summarizeItem } from '../shared/summarize.ts';
import { Time } from '../shared/Time.tsx';
import type { RequestItemProps } from '../parts/overrides.ts';
import { usePart } from '../parts/usePart.ts';
import { useText } from '../text/useText.ts';

/** A web address, as far as anybody could take it for one. */
const LINK = /\b(?:[a-z][a-z0-9+.-]*:\/\/|www\.)\S+/giu;

/** One stranger's request. Their picture is not drawn, and a link among their words only hinted at. */
export function RequestItem({ request: { peer, last, timestamp }, onSelect }: RequestItemProps): ReactNode {
  const profile = useProfile(peer);
  const actions = useRequestActions(peer);
  const { t } = useText();
  const nameId = useId();
  const part = usePart('requestItem', {});
  const group = useStore(({ groups }) => (isGroupId(peer) ? groups[peer] : undefined));
  const name = accountName(peer, group?.name ?? profile?.name);
  const address = shortAddress(peer);
  return (
    <Root {...part}>
      <Avatar did={peer} size={44} />
      <div>
        <Head>
          <Name id={nameId} title={peer}>
            <bdi>{name}</bdi>
          </Name>
          <Time value={timestamp} style="short" />
        </Head>
        <Kind>
          {isGroupId(peer) ? (
            <LateInvitation chatId={peer} />
          ) : name === address ? (
            t('request.asks')
          ) : (
            `${address} · ${t('request.asks')}`
          )}
        </Kind>
        {last && <Preview dir="auto">{hideLinks(summarizeItem(last, t), t('request.linkHidden'))}</Preview>}
        {!isGroupId(peer) && <LookalikeNote did={peer} />}
        {onSelect && (
          <Open type="button" aria-describedby={nameId} onClick={() => onSelect(peer)}>
            {t('request.read')}
          </Open>
        )}
        <AnswerButtons actions={actions} describedBy={nameId} canBlock={!isGroupId(peer)} />
      </div>
    </Root>
  );
}

/** Every other piece is what `split` keeps: a link. */
function hideLinks(text: string, hint: string): readonly ReactNode[] {
  const words = text.split(LINK);
  return words.flatMap((piece, index) => (index === 0 ? [piece] : [<mark key={index}>{hint}</mark>, piece]));
}

const Root = styled.div`
  display: grid;
  grid-template-columns: 44px minmax(0, 1fr);
  column-gap: 12px;
  padding: 14px 16px;
`;

const Head = styled.div`
  display: flex;
  gap: 8px;
  line-height: 20px;

  & > time {
    margin-inline-start: auto;
    color: var(--pc-color-text-muted);
    font-size: var(--pc-text-xs);
  }
`;

const Name = styled.span`
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
  font-weight: 600;
`;

const Kind = styled.div`
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-xs);
  line-height: 16px;
`;

const Preview = styled.p`
  display: -webkit-box;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 3;
  overflow: hidden;
  margin: 7px 0 0;
  font-size: var(--pc-text-base);
  line-height: 20px;
  overflow-wrap: anywhere;
  unicode-bidi: isolate;

  & mark {
    padding: 0 5px;
    border-radius: 5px;
    background: var(--pc-color-fill);
    color: var(--pc-color-text-muted);
    font-size: var(--pc-text-sm);
    white-space: nowrap;
  }
`;

const Open = styled.button`
  margin: 4px 0 0;
  padding: 4px 0;
  border: 0;
  background: none;
  color: var(--pc-color-accent-text);
  font: inherit;
  font-size: var(--pc-text-sm);
  font-weight: 550;
  cursor: pointer;

  &:hover {
    text-decoration: underline;
  }
`;
