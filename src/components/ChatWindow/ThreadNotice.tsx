import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { Icon, type IconName } from '../shared/Icon.tsx';
import { Tile } from '../shared/Placeholder.tsx';
import type { NoticeProps, ShownNotice } from '../parts/overrides.ts';
import { usePart } from '../parts/usePart.ts';
import { useText } from '../text/useText.ts';

const ICONS: Readonly<Record<ShownNotice, IconName>> = {
  ChainBroken: 'shieldAlert',
  LinkCycle: 'shieldAlert',
  HistoryGap: 'alert',
  HistoryRollback: 'alert',
  KeyChanged: 'key',
  EncryptedFromHere: 'lock',
};

/** A card of the thread: what its reader ought to know at this place. No message can look like it. */
export function ThreadNotice({ code, missing }: NoticeProps): ReactNode {
  const { t } = useText();
  const part = usePart('notice', { role: 'note', 'data-notice': code });
  // To a reader both are the same: somebody rewrote it.
  const words = code === 'LinkCycle' ? 'ChainBroken' : code;
  return (
    <Card {...part}>
      <SmallTile data-tone={code === 'EncryptedFromHere' ? 'plain' : 'warning'}>
        <Icon name={ICONS[code]} size={16} />
      </SmallTile>
      <div>
        <b>{missing === undefined ? t(`notice.${words}.title`) : t('notice.HistoryGap.counted', { count: missing })}</b>
        <p>{t(`notice.${words}.text`)}</p>
      </div>
    </Card>
  );
}

const Card = styled.div`
  display: flex;
  gap: 12px;
  margin-top: 14px;
  padding: 12px 14px 12px 12px;
  border-radius: var(--pc-radius-md);
  background: var(--pc-color-surface-sunken);
  box-shadow: inset 0 0 0 1px var(--pc-color-line);
  font-size: var(--pc-text-sm);
  line-height: 18px;

  & b {
    font-weight: 600;
  }
  & p {
    margin: 1px 0 0;
    color: var(--pc-color-text-muted);
    text-wrap: pretty;
  }

  @media (forced-colors: active) {
    border: 1px solid;
  }
`;

const SmallTile = styled(Tile)`
  flex: none;
  width: 30px;
  height: 30px;
  margin: 0;
  border-radius: 9px;
`;
