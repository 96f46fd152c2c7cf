import type { ReactNode } from 'react';
import { styled } from 'styled-components';

/** Pixels. */
export type GlyphSize = 12 | 14 | 16 | 18 | 20 | 24;

export interface GlyphProps {
  /** An outline in a 24-unit box. */
  readonly path: string;
  readonly size: GlyphSize;
}

/** What a closed launcher draws, apart from all the others. */
export const CHAT_PATH = 'M7.9 20A9 9 0 1 0 4 16.1L2 22Z';
export const CLOSE_PATH = 'M18 6 6 18M6 6l12 12';

/** A drawing beside words; it says nothing by itself and is hidden from screen readers. */
export const Glyph = ({ path, size }: GlyphProps): ReactNode => (
  <Svg viewBox="0 0 24 24" width={size} height={size} strokeWidth={size < 16 ? 2.2 : 1.9} aria-hidden="true">
    <path d={path} />
  </Svg>
);

const Svg = styled.svg`
  flex: none;
  display: block;
  fill: none;
  stroke: currentColor;
  stroke-linecap: round;
  stroke-linejoin: round;
`;
