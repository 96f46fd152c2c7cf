import { useContext, useMemo, useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { useText } from '../text/useText.ts';
import { FindNamesContext } from './findNamesContext.ts';
import { OnChainPiece } from './OnChainPiece.tsx';
import { parseMarks, type Piece } from './parseMarks.ts';

export interface BubbleTextProps {
  readonly text: string;
  /** Whether marks, web addresses and on-chain content are drawn as what they mean, or as the plain text they are. */
  readonly links: boolean;
}

/** More than this is cut until the reader asks for it: a megabyte on one line must not stop the page. */
const LONGEST = 3_000;
const MOST_LINES = 60;

/** One to three emoji and nothing else. */
const ONLY_EMOJI =
  /^(?:\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]*(?:\u200d\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]*)*\s?){1,3}$/u;

/** A message's words: never as HTML, and exactly as written but for marks of emphasis and code. */
export function BubbleText({ text, links }: BubbleTextProps): ReactNode {
  const { t } = useText();
  const [whole, setWhole] = useState(false);
  const start = useMemo(() => beginningOf(text), [text]);
  const shown = whole ? text : start;
  const find = useContext(FindNamesContext);
  const pieces = useMemo(() => (links ? parseMarks(shown, find) : undefined), [shown, links, find]);
  return (
    <>
      <Words dir="auto" data-emoji={ONLY_EMOJI.test(text) || undefined}>
        {pieces ? <Pieces pieces={pieces} /> : shown}
      </Words>
      {shown !== text && (
        <More type="button" onClick={() => setWhole(true)}>
          {t('bubble.showAll')}
        </More>
      )}
    </>
  );
}

function Pieces({ pieces }: { readonly pieces: readonly Piece[] }): ReactNode {
  return pieces.map((piece, index) => (piece.kind === 'text' ? piece.text : <Marked key={index} piece={piece} />));
}

function Marked({ piece }: { readonly piece: Piece }): ReactNode {
  const { t } = useText();
  switch (piece.kind) {
    case 'text':
      return piece.text;
    case 'bold':
      return (
        <strong>
          <Pieces pieces={piece.pieces} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Pieces pieces={piece.pieces} />
        </em>
      );
    case 'strike':
      return (
        <s>
          <Pieces pieces={piece.pieces} />
        </s>
      );
    case 'code':
      return <Code dir="ltr">{piece.text}</Code>;
    case 'block':
      return (
        <Block dir="ltr" role="group" aria-label={t('bubble.code')} tabIndex={0}>
          {piece.text}
        </Block>
      );
    case 'link':
      return (
        <a href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
          {piece.text}
        </a>
      );
    case 'mention':
      return piece.drawn;
    default:
      return <OnChainPiece piece={piece} />;
  }
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

const Code = styled.code`
  padding: 1px 5px;
  border-radius: 5px;
  /* No fill: on an accent that just carries its text, any tint would take from the contrast. */
  box-shadow: inset 0 0 0 1px color-mix(in srgb, currentColor 35%, transparent);
  font: 0.88em/1.4 var(--pc-font-mono);
`;

const Block = styled.code`
  display: block;
  margin: 4px 0;
  padding: 8px 10px;
  border-radius: var(--pc-radius-sm);
  background: var(--pc-color-surface);
  color: var(--pc-color-text);
  box-shadow: inset 0 0 0 1px var(--pc-color-line);
  font: 0.88em/1.5 var(--pc-font-mono);
  white-space: pre;
  overflow-x: auto;
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
