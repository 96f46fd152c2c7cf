import { forwardRef } from 'react';
import { styled } from 'styled-components';
import { useSession } from '../../hooks/useSession.ts';
import type { GroupId } from '../../protocol/peer.ts';
import { useSlots } from '../parts/usePart.ts';
import { ThemeFrame, type ThemeRootProps } from '../theme/ThemeRoot.tsx';
import { UnlockPanel } from '../UnlockPanel/UnlockPanel.tsx';
import { LateCreateGroup } from './lateGroups.tsx';

export interface CreateGroupProps extends Omit<ThemeRootProps, 'children'> {
  /** The group is made: open it by its chat id. */
  readonly onCreate?: ((chatId: GroupId) => void) | undefined;
}

/**
 * Makes a group: its name, picture and members, how it is encrypted, and what it asks for. It stands in the inbox too,
 * beside a new chat.
 * @example <CreateGroup onCreate={setPeer} />
 */
export const CreateGroup = forwardRef<HTMLDivElement, CreateGroupProps>(function CreateGroup(
  { onCreate, theme, ...props },
  ref,
) {
  const { session } = useSession();
  const { unlock: Unlock = UnlockPanel } = useSlots(props);
  return (
    <Root ref={ref} look={theme} {...props} partName="createGroup">
      {session.status === 'ready' ? <LateCreateGroup onCreate={onCreate} /> : <Unlock />}
    </Root>
  );
});

const Root = styled(ThemeFrame)`
  padding: 16px;
  background: var(--pc-color-surface);
  color: var(--pc-color-text-muted);
`;
