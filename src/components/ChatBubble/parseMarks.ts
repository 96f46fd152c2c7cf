import type { ReactNode } from 'react';
import { findOnChain, type OnChain } from './findOnChain.ts';
import { splitLinks } from './splitLinks.ts';

/** A member of a group who is named, as it is drawn. */
export interface Mention {
  readonly kind: 'mention';
  readonly text: string;
  readonly drawn: ReactNode;
}

/** Finds in a text what is more than words, in order, each with its place. */
export type FindNames = (text: string) => Iterable<readonly [at: number, found: OnChain | Mention]>;

/** A piece of a message that holds no other. */
export type Leaf =
  | OnChain
  | Mention
  | { readonly kind: 'text' | 'code' | 'block'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

export type Emphasis = 'bold' | 'italic' | 'strike';
export type Piece = Leaf | { readonly kind: Emphasis; readonly pieces: readonly Piece[] };

type Mark = '**' | '*' | '~~';
interface Frame {
  readonly mark?: Mark;
  readonly pieces: Piece[];
}

const KINDS: Readonly<Record<Mark, Emphasis>> = { '**': 'bold', '*': 'italic', '~~': 'strike' };
/** More than anybody sets by hand; what follows is drawn as plain text, so that no message can stop the page. */
const MOST_PIECES = 1_000;
/** A fence that is never closed is met once, so that this takes linear time: no other fence follows it. */
const CODE = /```(?!`)(?:[\w+#.-]{0,20}\n)?([^`][\s\S]*?)```\n?|`([^`\n]+)`/g;
const MARKS = /\*+|~+|\n/g;
/** A mark against a letter is part of the word, except in scripts that put no spaces between words. */
const WORD = /[\p{N}_/:\\]|(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}])\p{L}/u;

/**
 * Reads **bold**, *italic*, ~~strike~~, `code`, fenced code, links and on-chain content, in linear time. Marks without
 * a partner stay as written.
 * @param find what to look for in words that are no link and no code
 */
export function parseMarks(text: string, find: FindNames = findOnChain): readonly Piece[] {
  const line = new Line(text);
  let end = 0;
  for (const [at, length, leaf] of findLeaves(text, find)) {
    if (line.full) break;
    line.addText(end, at);
    line.add(leaf);
    end = at + length;
  }
  line.addText(end, text.length);
  return line.close();
}

/** The words of a text without its marks, for previews. */
export const wordsOf = (text: string): string => parseMarks(text).map(wordsIn).join('');

const wordsIn = (piece: Piece): string => ('pieces' in piece ? piece.pieces.map(wordsIn).join('') : piece.text);

/** Everything in which marks mean nothing, in order. */
function* findLeaves(text: string, find: FindNames): Generator<readonly [at: number, length: number, leaf: Leaf]> {
  let end = 0;
  for (const match of text.matchAll(CODE)) {
    const [whole, block, code = ''] = match;
    yield* findNames(text.slice(end, match.index), end, find);
    yield [
      match.index,
      whole.length,
      block === undefined ? { kind: 'code', text: code } : { kind: 'block', text: block },
    ];
    end = match.index + whole.length;
  }
  yield* findNames(text.slice(end), end, find);
}

function* findNames(
  text: string,
  start: number,
  find: FindNames,
): Generator<readonly [at: number, length: number, leaf: Leaf]> {
  let at = start;
  for (const { text: words, href } of splitLinks(text)) {
    if (href !== undefined) yield [at, words.length, { kind: 'link', text: words, href }];
    else for (const [offset, found] of find(words)) yield [at + offset, found.text.length, found];
    at += words.length;
  }
}

/** Pieces so far, with at most one open mark of each kind: nesting is bounded and every step takes constant time. */
class Line {
  readonly #text: string;
  readonly #frames: Frame[] = [{ pieces: [] }];
  #count = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get full(): boolean {
    return this.#count >= MOST_PIECES;
  }

  add(piece: Piece): void {
    this.#count++;
    this.#frames.at(-1)?.pieces.push(piece);
  }

  addText(start: number, stop: number): void {
    let end = start;
    const write = (upTo: number): void => {
      if (upTo > end) this.add({ kind: 'text', text: this.#text.slice(end, upTo) });
      end = upTo;
    };
    for (const { 0: run, index } of this.#text.slice(start, stop).matchAll(MARKS)) {
      if (this.full) break;
      const at = start + index;
      const marks = this.#marksOf(run);
      // Emphasis ends with its line, as in other messengers.
      const ends = run === '\n' && this.#frames.length > 1;
      if (marks.length === 0 && !ends) continue;
      write(at);
      if (ends) this.#drop(0);
      else end = at + run.length;
      for (const mark of marks) this.#meet(mark, at, at + run.length);
    }
    write(stop);
  }

  close(): readonly Piece[] {
    this.#drop(0);
    return this.#frames[0]?.pieces ?? [];
  }

  /** Three stars are bold and italic, and close in the order in which they opened. */
  #marksOf(run: string): readonly Mark[] {
    if (run === '***') return this.#frames.at(-1)?.mark === '*' ? ['*', '**'] : ['**', '*'];
    return run === '*' || run === '**' || run === '~~' ? [run] : [];
  }

  #meet(mark: Mark, start: number, end: number): void {
    const before = this.#text.charAt(start - 1);
    const after = this.#text.charAt(end);
    const open = this.#frames.findIndex((frame) => frame.mark === mark);
    if (open > 0 && /\S/.test(before) && !WORD.test(after)) {
      this.#drop(open);
      const frame = this.#frames.pop();
      this.add({ kind: KINDS[mark], pieces: frame?.pieces ?? [] });
    } else if (/\S/.test(after) && !WORD.test(before)) {
      // The nearer of two openers counts.
      if (open > 0) this.#drop(open - 1);
      this.#frames.push({ mark, pieces: [] });
    } else this.add({ kind: 'text', text: mark });
  }

  /** Makes the marks above a frame plain text again. */
  #drop(depth: number): void {
    while (this.#frames.length > depth + 1) {
      const frame = this.#frames.pop();
      if (frame?.mark === undefined) return;
      const below = this.#frames.at(-1)?.pieces;
      below?.push({ kind: 'text', text: frame.mark });
      for (const piece of frame.pieces) below?.push(piece);
    }
  }
}
