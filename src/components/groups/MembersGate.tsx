import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import type { Concern } from '../../errors.ts';
import { useGroupActions } from '../../hooks/useGroupActions.ts';
import { isDid, parseDid } from '../../protocol/did.ts';
import { useChatWindow } from '../ChatWindow/chatWindowContext.ts';
import { Gate } from '../Composer/Gate.tsx';
import { Button } from '../shared/Button.tsx';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { useLateRich, useLateText } from '../text/useLateText.ts';
import { Name } from './GroupLine.tsx';

export interface MembersGateProps {
  readonly concerns: readonly Concern[];
  /** Whether a message waits for the answer. */
  readonly sendsAfter: boolean;
  readonly send: () => void;
}

/** Asks about those who would read a message although it is not sure that they are in the group (security GR-01). */
export function MembersGate({ concerns, sendsAfter, send }: MembersGateProps): ReactNode {
  const { peer, setPanel } = useChatWindow();
  const t = useLateText();
  const { acceptMembers, pending, error } = useGroupActions(peer);
  const accept = async (): Promise<void> => {
    const agreed = await acceptMembers(concerns.map(({ name }) => name));
    if (agreed && sendsAfter) send();
  };
  return (
    <Gate icon="shieldAlert" title={t('concern.title')}>
      <ConcernList concerns={concerns} />
      {error && <ErrorNote error={error} />}
      <Row>
        <Button tone="primary" size="small" busy={pending === 'acceptMembers'} onClick={() => void accept()}>
          {t('concern.accept')}
        </Button>
        <Button size="small" onClick={() => setPanel({ kind: 'group' })}>
          {t('concern.see')}
        </Button>
      </Row>
    </Gate>
  );
}

/** Who, and why. */
export function ConcernList({ concerns }: { readonly concerns: readonly Concern[] }): ReactNode {
  const rich = useLateRich();
  return (
    <List>
      {concerns.map(({ reason, name }) => (
        <li key={`${reason} ${name}`}>
          {rich(`concern.${reason}`, { name: isDid(name) ? <Name did={parseDid(name)} /> : <code>{name}</code> })}
        </li>
      ))}
    </List>
  );
}

const List = styled.ul`
  display: grid;
  gap: 3px;
  margin: 4px 0 0;
  padding: 0;
  list-style: none;
  /* All of them: who agrees has been told of everybody. */
  max-height: 168px;
  overflow-wrap: anywhere;
  overflow-y: auto;

  & bdi {
    color: var(--pc-color-text);
    font-weight: 550;
  }
  & code {
    font: 400 var(--pc-text-xs) / 16px var(--pc-font-mono);
  }
`;

const Row = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  margin-top: 10px;
`;
