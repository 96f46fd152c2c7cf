import { useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { saveFile } from '../../src/components/shared/saveFile.ts';
import { Button } from '../../src/components/shared/Button.tsx';
import type { ThemeOptions } from '../../src/exports/theme.ts';
import { Choice } from '../support/Choice.tsx';
import { themeCss, themeSource } from './themeFile.ts';

type Format = 'ts' | 'css';
const MEDIA: Readonly<Record<Format, string>> = { ts: 'text/typescript', css: 'text/css' };

/** The theme as a file, to copy or to keep. */
export function ThemeExport({ theme }: { readonly theme: ThemeOptions }): ReactNode {
  const [format, setFormat] = useState<Format>('ts');
  const [copied, setCopied] = useState<{ readonly text: string; readonly ok: boolean }>();
  const text = format === 'ts' ? themeSource(theme) : themeCss(theme);
  const copy = (): void =>
    void navigator.clipboard.writeText(text).then(
      () => setCopied({ text, ok: true }),
      () => setCopied({ text, ok: false }),
    );
  return (
    <Section aria-label="Export">
      <Bar>
        <Choice
          legend="Export"
          value={format}
          options={[
            ['ts', 'TypeScript'],
            ['css', 'CSS variables'],
          ]}
          onChange={setFormat}
        />
        <Button tone="primary" onClick={copy}>
          Copy
        </Button>
        <Button onClick={() => saveFile(`pushChatTheme.${format}`, MEDIA[format], text)}>Download</Button>
      </Bar>
      <Said role="status">
        {copied?.text === text && (copied.ok ? 'Copied.' : 'This page may not copy; select the text instead.')}
      </Said>
      <textarea aria-label="The theme’s file" readOnly dir="ltr" spellCheck={false} value={text} />
    </Section>
  );
}

const Section = styled.section`
  display: grid;
  gap: 8px;

  & textarea {
    width: 100%;
    height: 230px;
    margin: 0;
    padding: 12px 14px;
    border: 0;
    border-radius: var(--pc-radius-md);
    background: var(--pc-color-surface-sunken);
    box-shadow: inset 0 0 0 1px var(--pc-color-line);
    color: var(--pc-color-text);
    font: 12.5px/1.6 var(--pc-font-mono);
    white-space: pre;
    resize: vertical;
  }
`;

const Bar = styled.div`
  display: flex;
  flex-wrap: wrap;
  align-items: end;
  gap: 8px;

  & fieldset {
    flex: 1 1 220px;
  }
`;

const Said = styled.div`
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-sm);

  &:empty {
    display: none;
  }
`;
