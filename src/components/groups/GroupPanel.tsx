import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { useGroup } from '../../hooks/useGroup.ts';
import { useChatWindow } from '../ChatWindow/chatWindowContext.ts';
import { usePart } from '../parts/usePart.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { IconButton } from '../shared/IconButton.tsx';
import { useText } from '../text/useText.ts';
import { useLateText } from '../text/useLateText.ts';
import { AddMembers } from './AddMembers.tsx';
import { EditGroup } from './EditGroup.tsx';
import { EditRules } from './EditRules.tsx';
import { GroupReading } from './GroupReading.tsx';
import { GroupDetails, type GroupPanelView } from './GroupDetails.tsx';

const TITLES = {
  details: 'group.details',
  add: 'group.add.title',
  edit: 'group.edit',
  rules: 'rules.edit',
} as const;

/** All that there is to know of a group, and to do in it; over the thread. */
export function GroupPanel(): ReactNode {
  const { peer, setPanel } = useChatWindow();
  const { group, state, reload } = useGroup(peer);
  const { t } = useText();
  const late = useLateText();
  const id = useId();
  const viewport = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<GroupPanelView>('details');
  const before = useRef(view);
  useEffect(() => {
    const { current } = viewport;
    // To the first field of a form, and from it back to what opened it.
    const first = `form :is(input:not([hidden]), select), [data-opens='${before.current}']`;
    before.current = view;
    (current?.querySelector<HTMLElement>(first) ?? current)?.focus();
  }, [view]);
  const back = (): void => (view === 'details' ? setPanel(null) : setView('details'));
  const closeByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    back();
  };
  const part = usePart('panel', { onKeyDown: closeByKey });
  return (
    <Panel ref={viewport} role="dialog" aria-labelledby={id} tabIndex={-1} {...part}>
      <Head>
        <IconButton
          icon={view === 'details' ? 'close' : 'arrowLeft'}
          label={view === 'details' ? t('action.close') : late('group.back')}
          onClick={back}
        />
        <strong id={id}>{late(TITLES[view])}</strong>
      </Head>
      {group ? (
        view === 'add' ? (
          <AddMembers group={group} close={back} />
        ) : view === 'edit' ? (
          <EditGroup group={group} close={back} />
        ) : view === 'rules' ? (
          <EditRules group={group} close={back} />
        ) : (
          <GroupDetails group={group} viewport={viewport} show={setView} />
        )
      ) : state.status === 'failed' ? (
        <>
          <ErrorNote error={state.error} />
          <Button onClick={() => void reload()}>{t('action.tryAgain')}</Button>
        </>
      ) : (
        <GroupReading chatId={peer} />
      )}
    </Panel>
  );
}

const Panel = styled.div`
  position: absolute;
  z-index: 1;
  inset: var(--pc-header-height) 0 0;
  display: flex;
  flex-direction: column;
  gap: 14px;
  padding: 0 20px 20px;
  overflow-y: auto;
  background: var(--pc-color-surface);
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-base);
  line-height: 20px;
  overflow-anchor: none;

  &:focus {
    outline: none;
  }
  & > * {
    flex: none;
  }
`;

const Head = styled.div`
  position: sticky;
  z-index: 2;
  inset-block-start: 0;
  display: flex;
  align-items: center;
  gap: 6px;
  margin-inline: -20px;
  padding: 8px 10px 4px;
  background: var(--pc-color-surface);

  & > strong {
    color: var(--pc-color-text);
    font-size: var(--pc-text-lg);
    font-weight: 640;
    letter-spacing: -0.015em;
  }
`;
