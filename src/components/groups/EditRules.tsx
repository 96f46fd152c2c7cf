import { useMemo, useState, type ReactNode, type SyntheticEvent } from 'react';
import { styled } from 'styled-components';
import { asPushChatError, type PushChatError } from '../../errors.ts';
import { useGroupActions } from '../../hooks/useGroupActions.ts';
import { describeRules } from '../../protocol/groups/accessRules.ts';
import type { GroupRules } from '../../protocol/groups/groupRules.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { useLateText } from '../text/useLateText.ts';
import { AccessView } from './AccessView.tsx';
import { Form, type GroupFormProps } from './AddMembers.tsx';
import { draftOf, NO_RULES, rulesOf } from './rulesDraft.ts';
import { RulesForm } from './RulesForm.tsx';

/** Changes what a group asks for. */
export function EditRules({ group, close }: GroupFormProps): ReactNode {
  const t = useLateText();
  // What was there when the form was opened: that is what the user changes.
  const [before] = useState(group.rules);
  const start = useMemo(() => draftOf(before), [before]);
  const [draft, setDraft] = useState(start ?? NO_RULES);
  const [wrong, setWrong] = useState<PushChatError | null>(null);
  const { update, pending, error } = useGroupActions(group.chatId);

  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    setWrong(null);
    let rules: GroupRules;
    try {
      rules = rulesOf(draft, before);
    } catch (thrown) {
      setWrong(asPushChatError(thrown));
      return;
    }
    if (await update({ rules })) close();
  };

  if (!start) {
    return (
      <>
        <Note>{t('rules.unknown')}</Note>
        <AccessView access={describeRules(before)} />
      </>
    );
  }
  return (
    <Form onSubmit={(event) => void submit(event)}>
      <p>{t('rules.edit.text')}</p>
      <RulesForm rules={draft} setRules={setDraft} />
      {wrong && <RulesProblem />}
      {error && <ErrorNote error={error} />}
      <Button type="submit" tone="primary" size="large" busy={pending !== null}>
        {t('group.save')}
      </Button>
    </Form>
  );
}

/** Said at once where the conditions are not complete. */
export function RulesProblem(): ReactNode {
  const t = useLateText();
  return <Problem role="alert">{t('rules.invalid')}</Problem>;
}

const Note = styled.p`
  margin: 0;
`;

const Problem = styled(Note)`
  color: var(--pc-color-danger);
`;
