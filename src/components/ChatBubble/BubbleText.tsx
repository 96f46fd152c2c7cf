import { useMemo, useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { splitLinks } from './splitLinks.ts';

export interface BubbleTextProps {
  readonly text: string;
  /** Whether web addresses become links. */
  readonly links: boolean;
}

/** More than this is cut until the reader asks for it: a megabyte on one line must not stop the page. */
const LONGEST = 3_000;
const MOST_LINES = 60;

/** One to three emoji and nothing else. */
const ONLY_EMOJI =
  /^(?:\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]*(?:\u200d\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]*)*\s?){1,3}$/u;

/** A message's words, exactly as written and never as markup. */
export function BubbleText({ text, links }: BubbleTextProps): ReactNode {
  const [whole, setWhole] = useState(false);
  const start = useMemo(() => beginningOf(text), [text]);
  const shown = whole ? text : start;
  const parts = useMemo(() => (links ? splitLinks(shown) : [{ text: shown }]), [shown, links]);
  return (
    <>
      <Words dir="auto" data-emoji={ONLY_EMOJI.test(text) || undefined}>
        {parts.map(({ text: words, href }, index) =>
          href === undefined ? (
            words
          ) : (
            <a key={index} href={href} target="_blank" rel="noopener noreferrer nofollow">
              {words}
            </a>
          ),
        )}
      </Words>
      {shown !== text && (
        <More type="button" onClick={() => setWhole(true)}>
          Show all
        </More>
      )}
    </>
  );
}

function beginningOf(text: string): string {
  const lines = text.slice(0, LONGEST).split('\n');
  return lines.length > MOST_LINES ? lines.slice(0, MOST_LINES).join('\n') : lines.join('\n');
}

const Words = styled.span`
  display: block;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  unicode-bidi: isolate;
  /* A tower of combining marks stays within its bubble. */
  overflow: hidden;

  &[data-emoji] {
    font-size: var(--pc-text-emoji);
    line-height: 1.2;
    letter-spacing: 0.04em;
  }
  & a {
    color: inherit;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 2.5px;
  }
  [data-from='peer'] & a {
    color: var(--pc-color-accent-text);
  }
`;

const More = styled.button`
  display: block;
  margin: 4px 0 0;
  padding: 2px 0;
  border: 0;
  background: none;
  color: inherit;
  font: inherit;
  font-size: var(--pc-text-sm);
  font-weight: 600;
  text-decoration: underline;
  cursor: pointer;
`;
