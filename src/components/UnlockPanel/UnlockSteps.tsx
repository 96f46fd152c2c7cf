import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import type { UnlockStep } from '../../client/state.ts';
import { Icon } from '../shared/Icon.tsx';
import { useText } from '../text/useText.ts';

export interface UnlockStepsProps {
  /** Where unlocking is; undefined before it begins. */
  readonly step: UnlockStep | undefined;
}

const STEPS = ['open', 'vouch'] as const;

/** The wallet prompts to come, numbered. */
export function UnlockSteps({ step }: UnlockStepsProps): ReactNode {
  const { t } = useText();
  return (
    <List>
      {STEPS.map((name, index) => {
        const state = stateOf(index + 1, step);
        return (
          <Step key={name} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
            <Mark aria-hidden="true">{state === 'done' ? <Icon name="check" size={14} /> : index + 1}</Mark>
            <div>
              <b>{t(`unlock.${name}.title`)}</b>
              <span>{t(`unlock.${name}.text`)}</span>
            </div>
          </Step>
        );
      })}
    </List>
  );
}

function stateOf(prompt: number, step: UnlockStep | undefined): 'wait' | 'now' | 'done' {
  if (step?.name === 'publishing') return 'done';
  if (step?.name !== 'wallet') return 'wait';
  const now = step.purpose === 'attest-keys' ? 2 : 1;
  return now === prompt ? 'now' : now > prompt ? 'done' : 'wait';
}

const List = styled.ol`
  display: grid;
  gap: 14px;
  margin: 18px 0 0;
  padding: 0;
  list-style: none;
`;

const Step = styled.li`
  display: grid;
  grid-template-columns: 26px 1fr;
  gap: 12px;
  font-size: var(--pc-text-base);
  line-height: 20px;

  & b {
    display: block;
    line-height: 26px;
    font-weight: 600;
  }
  & span {
    color: var(--pc-color-text-muted);
    font-size: var(--pc-text-sm);
  }
`;

const Mark = styled.span`
  display: grid;
  place-items: center;
  width: 26px;
  height: 26px;
  border-radius: 50%;
  background: var(--pc-color-fill);
  font-weight: 650;

  [data-state='now'] > & {
    background: var(--pc-color-accent-soft);
    color: var(--pc-color-accent-text);
  }
  [data-state='done'] > & {
    background: var(--pc-color-verified-soft);
    color: var(--pc-color-verified);
  }
`;
