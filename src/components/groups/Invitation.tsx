import type { ReactNode } from 'react';
import { useStore } from '../../hooks/useStore.ts';
import { isGroupId } from '../../protocol/peer.ts';
import { accountName } from '../shared/accountName.ts';
import { useLateText } from '../text/useLateText.ts';

/**
 * To what kind of group somebody invites, from what is here already: nothing is loaded for it. Who it is, is said once
 * the invitation that they signed was read; until then a node could name anybody.
 */
export function Invitation({ chatId }: { readonly chatId: string }): ReactNode {
  const group = useStore(({ groups }) => (isGroupId(chatId) ? groups[chatId] : undefined));
  const inviter = group?.membership === 'proven' ? group.invitedBy : null;
  const known = useStore(({ profiles }) => (inviter === null ? undefined : profiles[inviter]?.name));
  const t = useLateText();
  const facts = [
    inviter === null ? t('group.invite') : t('group.invite.by', { name: accountName(inviter, known) }),
    ...(group ? [t(group.isPublic ? 'group.public' : 'group.encrypted')] : []),
    ...(group?.counts ? [t('group.count', { count: group.counts.accepted })] : []),
  ];
  return <bdi>{facts.join(' · ')}</bdi>;
}
