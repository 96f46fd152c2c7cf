import { useId, useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { Button } from '../../src/components/shared/Button.tsx';
import { DEFAULT_SCALE } from '../../src/components/theme/tokens.ts';
import { createTheme, presets, type ColorTokens } from '../../src/exports/theme.ts';
import { Choice, Group, Slider } from '../support/Choice.tsx';
import type { ThemeDraft } from './themeDraft.ts';

export interface ThemeControlsProps {
  readonly draft: ThemeDraft;
  readonly onChange: (change: Partial<ThemeDraft>) => void;
}

/** Everything that a theme's options offer. */
export function ThemeControls({ draft, onChange }: ThemeControlsProps): ReactNode {
  return (
    <Controls>
      <Accent draft={draft} onChange={onChange} />
      <Choice
        legend="Scheme"
        value={draft.scheme}
        options={[
          ['light', 'Light'],
          ['dark', 'Dark'],
        ]}
        onChange={(scheme) => onChange({ scheme })}
      />
      <Choice
        legend="Density"
        value={draft.density}
        options={[
          [0.875, 'Compact'],
          [1, 'Cosy'],
          [1.125, 'Roomy'],
        ]}
        onChange={(density) => onChange({ density })}
      />
      <Choice
        legend="Roundness"
        value={draft.roundness}
        options={[
          [0, 'Square'],
          [0.5, 'Small'],
          [1, 'Round'],
          [1.25, 'Soft'],
        ]}
        onChange={(roundness) => onChange({ roundness })}
      />
      <Slider
        name="Text size"
        value={draft.size}
        range={[0.8, 1.4, 0.05]}
        shown={`${Math.round(draft.size * 150) / 10} px`}
        onChange={(size) => onChange({ size })}
      />
      <Choice
        legend="Font"
        value={draft.font}
        options={[
          [DEFAULT_SCALE.font, 'System'],
          ['inherit', 'The page’s'],
          ['Georgia, "Times New Roman", serif', 'Serif'],
        ]}
        onChange={(font) => onChange({ font })}
      />
      <OneColor draft={draft} onChange={onChange} />
    </Controls>
  );
}

const HEX = /^#[0-9a-f]{6}$/i;

function Accent({ draft: { accent }, onChange }: ThemeControlsProps): ReactNode {
  const id = useId();
  const [typed, setTyped] = useState(accent);
  const wrong = !HEX.test(typed);
  const choose = (color: string): void => {
    setTyped(color);
    if (HEX.test(color)) onChange({ accent: color.toLowerCase() });
  };
  return (
    <Group>
      <legend>Accent</legend>
      <Row>
        <input type="color" aria-label="Accent" value={accent} onChange={({ target }) => choose(target.value)} />
        <input
          type="text"
          aria-label="Accent, written"
          aria-invalid={wrong || undefined}
          aria-describedby={wrong ? id : undefined}
          spellCheck={false}
          dir="ltr"
          value={typed}
          onChange={({ target }) => choose(target.value.trim())}
        />
      </Row>
      {wrong && <Hint id={id}>Write it as #rrggbb.</Hint>}
      <Presets>
        {Object.entries(presets).map(([name, color]) => (
          <button key={name} type="button" aria-pressed={color === accent} onClick={() => choose(color)}>
            <i style={{ background: color }} />
            {name}
          </button>
        ))}
      </Presets>
    </Group>
  );
}

/** A derived colour replaced: its contrast is then the host's to keep, and the table says how it is. */
function OneColor({ draft, onChange }: ThemeControlsProps): ReactNode {
  const derived = createTheme(draft.scheme, { accent: draft.accent }).colors;
  const [token, setToken] = useState<keyof ColorTokens>('surface');
  const set = Object.keys(draft.colors).length;
  return (
    <Group>
      <legend>A colour by hand</legend>
      <Row>
        <input
          type="color"
          aria-label={`Colour of ${token}`}
          value={draft.colors[token] ?? derived[token]}
          onChange={({ target }) => onChange({ colors: { ...draft.colors, [token]: target.value } })}
        />
        <select
          aria-label="Which colour"
          value={token}
          onChange={({ target }) => setToken(target.value as keyof ColorTokens)}
        >
          {Object.keys(derived).map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </Row>
      {set > 0 && (
        <Button size="small" tone="quiet" onClick={() => onChange({ colors: {} })}>
          {`Derive ${set === 1 ? 'it' : `all ${set}`} again`}
        </Button>
      )}
    </Group>
  );
}

const Controls = styled.div`
  display: grid;
  gap: 20px;
  align-content: start;
`;

const Row = styled.div`
  display: flex;
  gap: 8px;

  & input,
  & select {
    height: 36px;
    min-width: 0;
    margin: 0;
    border: 1px solid var(--pc-color-line-strong);
    border-radius: var(--pc-radius-sm);
    background: var(--pc-color-surface);
    color: var(--pc-color-text);
    font: inherit;
    font-size: var(--pc-text-base);
  }
  & [type='color'] {
    flex: none;
    width: 44px;
    padding: 3px;
    cursor: pointer;
  }
  & [type='text'],
  & select {
    flex: 1;
    padding: 0 10px;
    font-family: var(--pc-font-mono);
  }
  & [aria-invalid] {
    border-color: var(--pc-color-danger);
  }
`;

const Hint = styled.p`
  margin: 6px 0 0;
  color: var(--pc-color-danger);
  font-size: var(--pc-text-sm);
`;

const Presets = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 6px;
  margin-top: 8px;

  & button {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    height: 30px;
    margin: 0;
    padding: 0 11px 0 8px;
    border: 0;
    border-radius: 15px;
    background: var(--pc-color-fill);
    color: var(--pc-color-text);
    font: inherit;
    font-size: var(--pc-text-sm);
    cursor: pointer;
  }
  & [aria-pressed='true'] {
    box-shadow: inset 0 0 0 2px var(--pc-color-text);
  }
  & i {
    width: 14px;
    height: 14px;
    border-radius: 50%;
    box-shadow: 0 0 0 1px var(--pc-color-line-strong);
  }
`;
