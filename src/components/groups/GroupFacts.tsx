import { useEffect, useRef, type ReactNode } from 'react';
import { useGroup } from '../../hooks/useGroup.ts';
import { useChatWindow } from '../ChatWindow/chatWindowContext.ts';
import { Icon } from '../shared/Icon.tsx';
import { IconButton } from '../shared/IconButton.tsx';
import { useLateText } from '../text/useLateText.ts';

/** Under a group's name: who can read what is written there, which must not be cut off, and how many are in it. */
export function GroupFacts(): ReactNode {
  const { peer } = useChatWindow();
  const { group } = useGroup(peer);
  const t = useLateText();
  if (!group) return null;
  const { counts, isPublic } = group;
  return (
    <>
      <span style={{ display: 'inline-flex', alignItems: 'center', gap: 4 }}>
        <Icon name={isPublic ? 'lockOpen' : 'lock'} size={12} />
        {t(isPublic ? 'group.public' : 'group.encrypted')}
      </span>
      {counts && (
        <span style={{ minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' }}>
          {/* Apart from the dot before it. */} {t('group.count', { count: counts.accepted })}
        </span>
      )}
    </>
  );
}

/** Opens the details of the group. */
export function GroupButton(): ReactNode {
  const { panel, setPanel } = useChatWindow();
  const t = useLateText();
  const open = panel?.kind === 'group';
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    // Whoever closes the details is back where they came from.
    if (wasOpen.current && panel === null) button.current?.focus();
    wasOpen.current = open;
  }, [open, panel]);
  return (
    <IconButton
      ref={button}
      icon="people"
      label={t('group.details')}
      aria-expanded={open}
      onClick={() => setPanel(open ? null : { kind: 'group' })}
    />
  );
}
