import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { useNow } from '../../hooks/useNow.ts';
import { dateOf, formatClock, formatFull, formatShort } from './formatTime.ts';
import { useText } from '../text/useText.ts';

export interface TimeProps {
  /** Milliseconds since the epoch. */
  readonly value: number;
  /** The hour, the nearest word for a list, or all of it. @default 'clock' */
  readonly style?: 'clock' | 'short' | 'full';
}

/** A moment, in the reader's language and time zone. */
export function Time({ value, style = 'clock' }: TimeProps): ReactNode {
  const { tag } = useText();
  if (style === 'short') return <ShortTime value={value} />;
  return <Moment value={value} text={style === 'full' ? formatFull(value, tag) : formatClock(value, tag)} />;
}

function ShortTime({ value }: { readonly value: number }): ReactNode {
  return <Moment value={value} text={formatShort(value, useNow(), useText())} />;
}

function Moment({ value, text }: { readonly value: number; readonly text: string }): ReactNode {
  return <Figures dateTime={dateOf(value).toISOString()}>{text}</Figures>;
}

const Figures = styled.time`
  font-variant-numeric: tabular-nums;
  white-space: nowrap;
`;
