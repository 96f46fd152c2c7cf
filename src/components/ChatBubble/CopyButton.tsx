import { useEffect, useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { Icon } from '../shared/Icon.tsx';
import { VisuallyHidden } from '../shared/VisuallyHidden.tsx';

export interface CopyButtonProps {
  /** What is put on the clipboard. */
  readonly text: string;
  /** Its accessible name: what is copied. */
  readonly label: string;
}

const WORDS = { copied: 'Copied', failed: 'Could not copy' } as const;
const SHOWN_MS = 2_000;

/** A small button that copies a text, and says whether it did. */
export function CopyButton({ text, label }: CopyButtonProps): ReactNode {
  const [result, setResult] = useState<keyof typeof WORDS>();
  useEffect(() => {
    if (result === undefined) return;
    const timer = setTimeout(() => setResult(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [result]);
  const copy = async (): Promise<void> => setResult((await write(text)) ? 'copied' : 'failed');
  return (
    <>
      <Button type="button" aria-label={label} title={result ? WORDS[result] : label} onClick={() => void copy()}>
        {result ? <Icon name={result === 'copied' ? 'check' : 'alert'} size={14} /> : <CopyIcon />}
      </Button>
      <VisuallyHidden role="status">{result && WORDS[result]}</VisuallyHidden>
    </>
  );
}

/** Pages without a secure origin, and browsers that were told so, have no clipboard to write. */
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** From Lucide (ISC licence). */
const CopyIcon = () => (
  <svg viewBox="0 0 24 24" width={14} height={14} fill="none" stroke="currentColor" strokeWidth={1.9} aria-hidden>
    <path d="M10 8h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H10a2 2 0 0 1-2-2V10a2 2 0 0 1 2-2zM4 16a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2" />
  </svg>
);

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
