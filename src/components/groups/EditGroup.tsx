import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { useGroupActions } from '../../hooks/useGroupActions.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { useLateText } from '../text/useLateText.ts';
import { Form, type GroupFormProps } from './AddMembers.tsx';
import { hasName, LooksFields, type GroupLooks } from './LooksFields.tsx';

/** Changes how a group looks. */
export function EditGroup({ group, close }: GroupFormProps): ReactNode {
  const t = useLateText();
  const { name, description, picture } = group;
  const [looks, setLooks] = useState<GroupLooks>({ name, description: description ?? '', picture });
  const { update, pending, error } = useGroupActions(group.chatId);
  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    const changed = await update({
      name: looks.name.trim(),
      description: looks.description.trim() || null,
      // A picture that is not drawn here is not to be taken away by whoever changes the name.
      ...(looks.picture !== picture && { picture: looks.picture }),
    });
    if (changed) close();
  };
  return (
    <Form onSubmit={(event) => void submit(event)}>
      <LooksFields looks={looks} change={(changed) => setLooks({ ...looks, ...changed })} />
      {error && <ErrorNote error={error} />}
      <Button type="submit" tone="primary" size="large" busy={pending !== null} disabled={!hasName(looks)}>
        {t('group.save')}
      </Button>
    </Form>
  );
}
