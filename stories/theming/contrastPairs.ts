import { contrast } from '../../src/components/theme/oklch.ts';
import type { ColorTokens } from '../../src/exports/theme.ts';

/** Two colours that meet, and the ratio that WCAG 2.2 AA asks of them. */
export interface ContrastPair {
  readonly what: string;
  readonly front: keyof ColorTokens;
  readonly ground: keyof ColorTokens;
  /** 4.5 for text (1.4.3), 3 for what a control is known by (1.4.11). */
  readonly least: 4.5 | 3;
}

/** Where the components set one colour on another. */
export const CONTRAST_PAIRS: readonly ContrastPair[] = [
  { what: 'Text', front: 'text', ground: 'surface', least: 4.5 },
  { what: 'Muted text', front: 'textMuted', ground: 'surface', least: 4.5 },
  { what: 'Muted text on a fill', front: 'textMuted', ground: 'fill', least: 4.5 },
  { what: 'A received message', front: 'text', ground: 'fill', least: 4.5 },
  { what: 'A sent message', front: 'onAccent', ground: 'accent', least: 4.5 },
  { what: 'Small print of a sent message', front: 'onAccentMuted', ground: 'accent', least: 4.5 },
  { what: 'A link', front: 'accentText', ground: 'surface', least: 4.5 },
  { what: 'A link in a soft bubble', front: 'accentText', ground: 'accentSoft', least: 4.5 },
  { what: 'Verified', front: 'verified', ground: 'verifiedSoft', least: 4.5 },
  { what: 'Warning', front: 'warning', ground: 'warningSoft', least: 4.5 },
  { what: 'Not sent', front: 'danger', ground: 'surface', least: 4.5 },
  { what: 'A dangerous button', front: 'onDanger', ground: 'dangerSolid', least: 4.5 },
  { what: 'The focus ring', front: 'focusRing', ground: 'surface', least: 3 },
  { what: 'The edge of a field', front: 'lineStrong', ground: 'surface', least: 3 },
];

/** The ratio of a pair in a theme, and whether it is enough. */
export function gradePair(colors: ColorTokens, { front, ground, least }: ContrastPair): { ratio: number; ok: boolean } {
  const ratio = contrast(colors[front], colors[ground]);
  return { ratio, ok: ratio >= least };
}

/** As it is commonly written, and never rounded up to a pass. */
export const formatRatio = (ratio: number): string => `${(Math.floor(ratio * 100) / 100).toFixed(2)}:1`;
