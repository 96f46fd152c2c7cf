import { useEffect, useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { copyText } from '../shared/copyText.ts';
import { Icon } from '../shared/Icon.tsx';
import { VisuallyHidden } from '../shared/VisuallyHidden.tsx';
import { useText } from '../text/useText.ts';

export interface CopyButtonProps {
  /** What is put on the clipboard. */
  readonly text: string;
  /** Its accessible name: what is copied. */
  readonly label: string;
}

const SHOWN_MS = 2_000;

/** A small button that copies a text, and says whether it did. */
export function CopyButton({ text, label }: CopyButtonProps): ReactNode {
  const { t } = useText();
  const [result, setResult] = useState<'copied' | 'failed'>();
  useEffect(() => {
    if (result === undefined) return;
    const timer = setTimeout(() => setResult(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [result]);
  const copy = async (): Promise<void> => setResult((await copyText(text)) ? 'copied' : 'failed');
  return (
    <>
      <Button type="button" aria-label={label} title={result ? t(`copy.${result}`) : label} onClick={() => void copy()}>
        <Icon name={result === 'copied' ? 'check' : result === 'failed' ? 'alert' : 'copy'} size={14} />
      </Button>
      <VisuallyHidden role="status">{result && t(`copy.${result}`)}</VisuallyHidden>
    </>
  );
}

const Button = styled.button`
  flex: none;
  display: inline-grid;
  place-items: center;
  width: 24px;
  height: 24px;
  margin: 0;
  padding: 0;
  border: 0;
  border-radius: calc(6px * var(--pc-roundness));
  background: none;
  color: inherit;
  cursor: pointer;

  &:hover {
    background: color-mix(in srgb, currentColor 12%, transparent);
  }
`;
