import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { useProfile } from '../../hooks/useProfile.ts';
import { useStore } from '../../hooks/useStore.ts';
import type { ChatSummary } from '../../client/state.ts';
import type { Did } from '../../protocol/did.ts';
import { isGroupId } from '../../protocol/peer.ts';
import { useText } from '../text/useText.ts';
import { accountName } from './accountName.ts';
import { Icon } from './Icon.tsx';
import { lookalikeOf } from './lookalike.ts';

/** Warns of an address that could be taken for that of somebody the user chats with; nothing for any other. */
export function LookalikeNote({ did }: { readonly did: Did }): ReactNode {
  const chats = useStore((state) => state.chats.items);
  const other = lookalikeOf(
    did,
    chats.flatMap(({ peer }: ChatSummary) => (isGroupId(peer) ? [] : [peer])),
  );
  return other ? <Warning other={other} /> : null;
}

function Warning({ other }: { readonly other: Did }): ReactNode {
  const { rich } = useText();
  const name = accountName(other, useProfile(other)?.name);
  return (
    <Note role="note">
      <Icon name="shieldAlert" size={16} />
      <span>{rich('lookalike', { name })}</span>
    </Note>
  );
}

const Note = styled.div`
  display: flex;
  gap: 9px;
  margin-top: 8px;
  padding: 9px 12px;
  border-radius: var(--pc-radius-sm);
  background: var(--pc-color-warning-soft);
  font-size: var(--pc-text-sm);
  line-height: 18px;

  & > svg {
    color: var(--pc-color-warning);
    margin-top: 1px;
  }
`;
