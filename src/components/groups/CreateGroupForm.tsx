import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { styled } from 'styled-components';
import { asPushChatError, type PushChatError } from '../../errors.ts';
import { useCreateGroup } from '../../hooks/useCreateGroup.ts';
import type { Did } from '../../protocol/did.ts';
import type { GroupRules } from '../../protocol/groups/groupRules.ts';
import type { GroupId } from '../../protocol/peer.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { VisuallyHidden } from '../shared/VisuallyHidden.tsx';
import { useLateText } from '../text/useLateText.ts';
import { AccountsField } from './AccountsField.tsx';
import { RulesProblem } from './EditRules.tsx';
import { KindField, type GroupKind } from './KindField.tsx';
import { hasName, LooksFields, type GroupLooks } from './LooksFields.tsx';
import { NO_RULES, rulesOf } from './rulesDraft.ts';
import { RulesForm } from './RulesForm.tsx';

export interface CreateGroupFormProps {
  readonly onCreate?: ((chatId: GroupId) => void) | undefined;
}

/** Everything that a new group needs, in the order in which people think of it. */
export function CreateGroupForm({ onCreate }: CreateGroupFormProps): ReactNode {
  const t = useLateText();
  const { create, state } = useCreateGroup();
  const [looks, setLooks] = useState<GroupLooks>({ name: '', description: '', picture: null });
  const [members, setMembers] = useState<readonly Did[]>([]);
  const [kind, setKind] = useState<GroupKind>('message');
  const [rules, setRules] = useState(NO_RULES);
  const [wrong, setWrong] = useState<PushChatError | null>(null);
  const busy = state.status === 'pending';

  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (busy || !hasName(looks)) return;
    setWrong(null);
    let asked: GroupRules;
    try {
      asked = rulesOf(rules);
    } catch (thrown) {
      setWrong(asPushChatError(thrown));
      return;
    }
    const chatId = await create({
      name: looks.name.trim(),
      description: looks.description.trim() || null,
      picture: looks.picture,
      members,
      rules: asked,
      ...(kind === 'none' ? { isPublic: true } : { encryption: kind }),
    });
    if (chatId !== undefined) onCreate?.(chatId);
  };

  return (
    <Form onSubmit={(event) => void submit(event)}>
      <LooksFields looks={looks} change={(changed) => setLooks({ ...looks, ...changed })} />
      <Section>
        <b>{t('group.members')}</b>
        <AccountsField accounts={members} setAccounts={setMembers} />
      </Section>
      <KindField kind={kind} setKind={setKind} />
      <details>
        <summary>{t('rules.title')}</summary>
        <RulesForm rules={rules} setRules={setRules} />
      </details>
      {wrong && <RulesProblem />}
      {state.status === 'failed' && <ErrorNote error={state.error} />}
      <VisuallyHidden role="status">{busy && t('group.creating')}</VisuallyHidden>
      <Button type="submit" tone="primary" size="large" busy={busy} disabled={!hasName(looks)}>
        {t(busy ? 'group.creating' : 'group.create')}
      </Button>
    </Form>
  );
}

const Form = styled.form`
  display: grid;
  gap: 18px;
  margin: 0;

  & summary {
    padding: 8px 0;
    border-radius: 6px;
    color: var(--pc-color-text);
    font-size: var(--pc-text-sm);
    font-weight: 600;
    cursor: pointer;
  }
  & details[open] > summary {
    margin-bottom: 8px;
  }
`;

const Section = styled.div`
  display: grid;
  gap: 6px;

  & > b {
    color: var(--pc-color-text);
    font-size: var(--pc-text-sm);
    font-weight: 600;
  }
`;
