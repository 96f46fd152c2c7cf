import { useId, type ReactNode } from 'react';
import { styled } from 'styled-components';
import type { Group } from '../../client/state.ts';
import { Icon } from '../shared/Icon.tsx';
import { useLateText } from '../text/useLateText.ts';

export type GroupKind = Group['encryption'];

const KINDS = ['message', 'session', 'none'] as const;

export interface KindFieldProps {
  readonly kind: GroupKind;
  readonly setKind: (kind: GroupKind) => void;
}

/** The three kinds of groups, and what follows from each. */
export function KindField({ kind, setKind }: KindFieldProps): ReactNode {
  const t = useLateText();
  const id = useId();
  return (
    <Kinds>
      <legend>{t('group.kind')}</legend>
      {KINDS.map((each) => (
        <label key={each}>
          <input
            type="radio"
            name={id}
            checked={kind === each}
            aria-describedby={`${id}-${each}`}
            aria-label={t(`group.kind.${each}`)}
            onChange={() => setKind(each)}
          />
          <Icon name={each === 'none' ? 'lockOpen' : each === 'session' ? 'people' : 'lock'} />
          <span>
            <b>{t(`group.kind.${each}`)}</b>
            <span id={`${id}-${each}`}>{t(`group.kind.${each}.text`)}</span>
          </span>
        </label>
      ))}
    </Kinds>
  );
}

const Kinds = styled.fieldset`
  display: grid;
  gap: 8px;
  min-width: 0;
  margin: 0;
  padding: 0;
  border: 0;

  & > legend {
    padding: 0 0 6px;
    color: var(--pc-color-text);
    font-size: var(--pc-text-sm);
    font-weight: 600;
  }
  & > label {
    position: relative;
    display: grid;
    grid-template-columns: 18px minmax(0, 1fr);
    gap: 12px;
    padding: 11px 14px;
    border-radius: var(--pc-radius-md);
    box-shadow: inset 0 0 0 1px var(--pc-color-line);
    font-size: var(--pc-text-sm);
    line-height: 18px;
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
  & > label:has(input:checked) {
    background: var(--pc-color-accent-soft);
    box-shadow: inset 0 0 0 2px var(--pc-color-accent);
    color: var(--pc-color-text);
  }
  & > label:has(input:checked) > svg {
    color: var(--pc-color-accent-text);
  }
  & > label:has(input:focus-visible) {
    outline: 2px solid var(--pc-color-focus-ring);
    outline-offset: 2px;
  }
  & b {
    display: block;
    color: var(--pc-color-text);
    font-weight: 600;
  }
  @media (forced-colors: active) {
    & > label {
      border: 1px solid;
    }
    & > label:has(input:checked) {
      border: 3px solid Highlight;
    }
  }
`;
