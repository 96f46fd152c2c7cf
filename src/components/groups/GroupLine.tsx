import { Fragment, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { useStore } from '../../hooks/useStore.ts';
import type { Did } from '../../protocol/did.ts';
import { isGroupId } from '../../protocol/peer.ts';
import { useChatWindow } from '../ChatWindow/chatWindowContext.ts';
import { usePart } from '../parts/usePart.ts';
import { useAccount } from '../people/useAccount.ts';
import { useLateRich, useLateText } from '../text/useLateText.ts';
import { SINCE } from './useGroupMarks.ts';

/** Named in one line; the others are counted. */
const MOST_NAMES = 3;

/** What was done to a group, in small words between its messages. */
export function GroupLine({ id }: { readonly id: string }): ReactNode {
  const { peer } = useChatWindow();
  const group = useStore(({ groups }) => (isGroupId(peer) ? groups[peer] : undefined));
  const t = useLateText();
  const rich = useLateRich();
  const part = usePart('groupLine', { role: 'note' });
  if (id === SINCE) {
    return (
      <Line {...part} data-since="">
        {t('group.since')}
      </Line>
    );
  }
  const line = group?.lines.find((each) => each.id === id);
  if (!line) return null;
  return (
    <Line {...part} data-kind={line.kind}>
      {rich(`group.line.${line.kind}`, { who: <Name did={line.by} />, whom: <Names dids={line.members} /> })}
    </Line>
  );
}

function Names({ dids }: { readonly dids: readonly Did[] }): ReactNode {
  const t = useLateText();
  const more = dids.length - MOST_NAMES;
  return (
    <>
      {dids.slice(0, MOST_NAMES).map((did, place) => (
        <Fragment key={did}>
          {place > 0 && ', '}
          <Name did={did} />
        </Fragment>
      ))}
      {more > 0 && <> {t('group.others', { count: more })}</>}
    </>
  );
}

/** An account by its name. */
export function Name({ did }: { readonly did: Did }): ReactNode {
  const { name } = useAccount(did);
  return <bdi title={did}>{name}</bdi>;
}

const Line = styled.div`
  padding: 14px 16px 0;
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-xs);
  line-height: 16px;
  text-align: center;
  text-wrap: balance;
  overflow-wrap: anywhere;

  &[data-since] {
    display: flex;
    align-items: center;
    gap: 10px;
    padding-inline: 0;
    font-weight: 550;
  }
  &[data-since]::before,
  &[data-since]::after {
    content: '';
    flex: 1;
    height: 1px;
    background: var(--pc-color-line-strong);
  }
`;
