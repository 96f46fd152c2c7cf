import { useEffect, useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { useStore } from '../../hooks/useStore.ts';
import { isGroupId } from '../../protocol/peer.ts';
import { Spinner } from '../shared/Spinner.tsx';
import { useLateText } from '../text/useLateText.ts';

/** Most groups are read before anybody asks what is going on; in milliseconds. */
const SOON = 1_000;
/** After this it is said that it may take a while. */
const LONG = 8_000;

/** Says, while a group is read for the first time, that it is being checked who is in it. */
export function GroupReading({ chatId }: { readonly chatId: string }): ReactNode {
  const isRead = useStore(({ groups }) => {
    const membership = isGroupId(chatId) ? groups[chatId]?.membership : undefined;
    return membership === 'proven' || membership === 'unchecked';
  });
  const reading = useStore(({ groupReadings }) => (isGroupId(chatId) ? groupReadings[chatId] : undefined));
  const t = useLateText();
  const [waited, setWaited] = useState(0);
  useEffect(() => {
    const timers = [SOON, LONG].map((ms) => setTimeout(() => setWaited(ms), ms));
    return () => timers.forEach(clearTimeout);
  }, [chatId]);
  return (
    <Root role="status">
      {!isRead && waited >= SOON && (
        <>
          <Spinner />
          <span>
            <b>{t('group.reading')}</b>
            {waited >= LONG && t('group.reading.text')}
            {reading && <Bar value={reading.read} max={reading.total} aria-label={t('group.reading')} />}
          </span>
        </>
      )}
    </Root>
  );
}

const Bar = styled.progress`
  display: block;
  width: 160px;
  height: 6px;
  margin-top: 6px;
  accent-color: var(--pc-color-accent);
`;

const Root = styled.div`
  display: flex;
  gap: 12px;
  padding: 4px 16px 12px;
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-sm);
  line-height: 18px;

  &:empty {
    padding: 0;
  }
  & b {
    display: block;
    color: var(--pc-color-text);
    font-weight: 600;
  }
`;
