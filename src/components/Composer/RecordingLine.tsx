import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { keyframes, styled } from 'styled-components';
import { Button } from '../shared/Button.tsx';
import { IconButton } from '../shared/IconButton.tsx';
import { useLateText } from '../text/useLateText.ts';

export interface RecordingLineProps {
  readonly seconds: number;
  readonly stop: () => void;
  readonly discard: () => void;
}

/** Stands in the place of the field while the microphone is on. Escape discards. */
export function RecordingLine({ seconds, stop, discard }: RecordingLineProps): ReactNode {
  const t = useLateText();
  const end = useRef<HTMLButtonElement>(null);
  useEffect(() => end.current?.focus(), []);
  const discardByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    discard();
  };
  return (
    <Root onKeyDown={discardByKey}>
      <IconButton icon="trash" label={t('voice.discard')} onClick={discard} />
      <Dot aria-hidden="true" />
      <span role="status">{t('voice.recording')}</span>
      <Time role="timer">
        {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
      </Time>
      <Button ref={end} tone="primary" size="small" onClick={stop}>
        {t('voice.stop')}
      </Button>
    </Root>
  );
}

const Root = styled.div`
  display: flex;
  align-items: center;
  gap: 8px;
  min-height: 44px;
  padding: 4px 6px 4px 4px;
  font-size: var(--pc-text-base);
`;

const pulse = keyframes`
  50% { opacity: 0.25; }
`;

const Dot = styled.span`
  flex: none;
  width: 10px;
  height: 10px;
  border-radius: 50%;
  background: var(--pc-color-danger);
  animation: ${pulse} 1.4s infinite;
`;

const Time = styled.span`
  flex: 1;
  color: var(--pc-color-text-muted);
  font-variant-numeric: tabular-nums;
`;
