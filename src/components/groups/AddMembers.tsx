import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { styled } from 'styled-components';
import type { Group } from '../../client/state.ts';
import { useGroupActions } from '../../hooks/useGroupActions.ts';
import type { Did } from '../../protocol/did.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { useLateText } from '../text/useLateText.ts';
import { AccountsField } from './AccountsField.tsx';

export interface GroupFormProps {
  readonly group: Group;
  readonly close: () => void;
}

/** Invites accounts to a group. */
export function AddMembers({ group, close }: GroupFormProps): ReactNode {
  const t = useLateText();
  const [accounts, setAccounts] = useState<readonly Did[]>([]);
  const { addMembers, pending, error } = useGroupActions(group.chatId);
  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (await addMembers(accounts)) close();
  };
  return (
    <Form onSubmit={(event) => void submit(event)}>
      <p>{t(group.isPublic ? 'group.add.public' : 'group.add.private')}</p>
      <AccountsField accounts={accounts} setAccounts={setAccounts} />
      {error && <ErrorNote error={error} />}
      <Button type="submit" tone="primary" size="large" busy={pending !== null} disabled={accounts.length === 0}>
        {t('group.invite.send')}
      </Button>
    </Form>
  );
}

/** A form of the panel. */
export const Form = styled.form`
  display: grid;
  gap: 14px;
  margin: 0;

  & > p {
    margin: 0;
  }
`;
