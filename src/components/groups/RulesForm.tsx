import { useId, useRef, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { describeRules } from '../../protocol/groups/accessRules.ts';
import { Button } from '../shared/Button.tsx';
import { IconButton } from '../shared/IconButton.tsx';
import { useLateText } from '../text/useLateText.ts';
import { chainName, Conditions, KNOWN_CHAINS } from './AccessView.tsx';
import { LabelledField, LabelledSelect } from './LabelledField.tsx';
import {
  CONDITION_KINDS,
  emptyCondition,
  type ConditionDraft,
  type ConditionKind,
  type KeptDraft,
  type PlaceDraft,
  type RulesDraft,
} from './rulesDraft.ts';

export interface RulesFormProps {
  readonly rules: RulesDraft;
  readonly setRules: (rules: RulesDraft) => void;
}

/** Builds the conditions for coming in and for writing. */
export function RulesForm({ rules, setRules }: RulesFormProps): ReactNode {
  const t = useLateText();
  return (
    <Places>
      <PlaceForm
        title={t('rules.entry')}
        // Whoever is in was invited or was not: for writing it says nothing.
        kinds={CONDITION_KINDS}
        place={rules.entry}
        setPlace={(entry) => setRules({ ...rules, entry })}
      />
      <PlaceForm
        title={t('rules.chat')}
        kinds={CONDITION_KINDS.filter((kind) => kind !== 'invite')}
        place={rules.chat}
        setPlace={(chat) => setRules({ ...rules, chat })}
      />
    </Places>
  );
}

interface PlaceFormProps {
  readonly title: string;
  readonly kinds: readonly ConditionKind[];
  readonly place: PlaceDraft;
  readonly setPlace: (place: PlaceDraft) => void;
}

function PlaceForm({ title, kinds, place, setPlace }: PlaceFormProps): ReactNode {
  const t = useLateText();
  const { join, conditions } = place;
  const change = (changed: ConditionDraft): void =>
    setPlace({ ...place, conditions: conditions.map((each) => (each.id === changed.id ? changed : each)) });
  const [first = 'erc20'] = kinds;
  const addButton = useRef<HTMLButtonElement>(null);
  return (
    <fieldset>
      <legend>{title}</legend>
      {conditions.length === 0 && <p>{t('rules.everybody')}</p>}
      {conditions.length > 1 && <Join join={join} choose={(chosen) => setPlace({ ...place, join: chosen })} />}
      {conditions.map((condition) => {
        const remove = (): void => {
          setPlace({ ...place, conditions: conditions.filter(({ id }) => id !== condition.id) });
          // What was pressed is gone, and the focus with it.
          addButton.current?.focus();
        };
        return condition.kind === 'kept' ? (
          <Kept key={condition.id} condition={condition} remove={remove} />
        ) : (
          <Condition key={condition.id} {...{ condition, kinds, change, remove }} />
        );
      })}
      <Button
        ref={addButton}
        size="small"
        onClick={() => {
          const next = Math.max(0, ...conditions.map(({ id }) => id)) + 1;
          setPlace({ ...place, conditions: [...conditions, emptyCondition(next, first)] });
        }}
      >
        {t('rules.add')}
      </Button>
    </fieldset>
  );
}

interface JoinProps {
  readonly join: 'any' | 'all';
  readonly choose: (join: 'any' | 'all') => void;
}

function Join({ join, choose }: JoinProps): ReactNode {
  const t = useLateText();
  const name = useId();
  return (
    <Joins role="radiogroup" aria-label={t('rules.join')}>
      {(['any', 'all'] as const).map((each) => (
        <label key={each}>
          <input type="radio" name={name} checked={join === each} onChange={() => choose(each)} />
          <span>{t(each === 'any' ? 'rules.any' : 'rules.all')}</span>
        </label>
      ))}
    </Joins>
  );
}

interface KeptProps {
  readonly condition: KeptDraft;
  readonly remove: () => void;
}

/** What is there already and has no fields here, in words: it stays, or goes. */
function Kept({ condition, remove }: KeptProps): ReactNode {
  const t = useLateText();
  const { entry } = describeRules({ entry: { conditions: condition.tree } });
  return (
    <Card role="group" aria-label={t('rules.kept')}>
      <Head>
        {entry && <Conditions tree={entry} />}
        <IconButton icon="trash" label={t('rules.remove')} onClick={remove} />
      </Head>
      <p>{t('rules.kept')}</p>
    </Card>
  );
}

interface ConditionProps {
  readonly condition: ConditionDraft;
  readonly kinds: readonly ConditionKind[];
  readonly change: (condition: ConditionDraft) => void;
  readonly remove: () => void;
}

function Condition({ condition, kinds, change, remove }: ConditionProps): ReactNode {
  const t = useLateText();
  const { kind } = condition;
  const field = (name: 'contract' | 'amount' | 'decimals' | 'guild' | 'role' | 'url') => ({
    value: condition[name],
    dir: 'ltr' as const,
    onChange: (event: { readonly target: { readonly value: string } }) =>
      change({ ...condition, [name]: event.target.value }),
  });
  return (
    <Card role="group" aria-label={t(`rules.kind.${kind}`)}>
      <Head>
        <LabelledSelect
          label={t('rules.condition')}
          value={kind}
          options={kinds.map((each) => [each, t(`rules.kind.${each}`)])}
          choose={(chosen) => change({ ...condition, kind: kinds.find((each) => each === chosen) ?? kind })}
        />
        <IconButton icon="trash" label={t('rules.remove')} onClick={remove} />
      </Head>
      {(kind === 'erc20' || kind === 'erc721') && (
        <>
          <LabelledField label={t('rules.contract')} placeholder="0x…" {...field('contract')} />
          <LabelledSelect
            label={t('rules.chain')}
            value={condition.chain}
            options={[...new Set([...KNOWN_CHAINS, Number(condition.chain)])].map((id) => [String(id), chainName(id)])}
            choose={(chain) => change({ ...condition, chain })}
          />
          <Pair>
            <LabelledField label={t('rules.amount')} inputMode="decimal" {...field('amount')} />
            {kind === 'erc20' && (
              <LabelledField label={t('rules.decimals')} inputMode="numeric" {...field('decimals')} />
            )}
          </Pair>
        </>
      )}
      {kind === 'invite' && <p>{t('rules.is.invite')}</p>}
      {kind === 'endpoint' && (
        <>
          <LabelledField
            label={t('rules.url')}
            placeholder="https://example.org/{{user_address}}"
            hint={t('rules.url.hint')}
            {...field('url')}
          />
          <p>{t('rules.somewhere')}</p>
        </>
      )}
      {kind === 'guild' && (
        <>
          <Pair>
            <LabelledField label={t('rules.guild')} {...field('guild')} />
            <LabelledField label={t('rules.role')} placeholder="*" {...field('role')} />
          </Pair>
          <p>{t('rules.somewhere')}</p>
        </>
      )}
    </Card>
  );
}

const Places = styled.div`
  display: grid;
  gap: 16px;

  & > fieldset {
    display: grid;
    justify-items: stretch;
    gap: 10px;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  & legend {
    padding: 0 0 4px;
    color: var(--pc-color-text);
    font-size: var(--pc-text-sm);
    font-weight: 600;
  }
  & p {
    margin: 0;
    font-size: var(--pc-text-sm);
    line-height: 18px;
  }
  & > fieldset > button {
    justify-self: start;
  }
`;

const Card = styled.div`
  display: grid;
  gap: 12px;
  padding: 12px;
  border-radius: var(--pc-radius-md);
  box-shadow: inset 0 0 0 1px var(--pc-color-line);

  @media (forced-colors: active) {
    border: 1px solid;
  }
`;

const Head = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 1fr) auto;
  align-items: end;
  gap: 8px;
`;

const Pair = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(104px, 1fr));
  align-items: end;
  gap: 8px;
`;

const Joins = styled.div`
  display: flex;
  padding: 3px;
  border-radius: var(--pc-radius-md);
  background: var(--pc-color-fill);

  & > label {
    flex: 1;
    position: relative;
    text-align: center;
    cursor: pointer;
  }
  & input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    opacity: 0;
    cursor: inherit;
  }
  & span {
    display: block;
    padding: 6px 4px;
    border-radius: var(--pc-radius-sm);
    font-size: var(--pc-text-sm);
    line-height: 20px;
  }
  & input:checked + span {
    background: var(--pc-color-surface-raised);
    box-shadow: var(--pc-shadow-1);
    color: var(--pc-color-text);
    font-weight: 600;
  }
  & input:focus-visible + span {
    outline: 2px solid var(--pc-color-focus-ring);
  }
  @media (forced-colors: active) {
    & input:checked + span {
      outline: 2px solid Highlight;
    }
  }
`;
