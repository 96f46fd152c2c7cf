import { useCallback, useEffect, useRef, useState } from 'react';
import type { TextKey } from '../text/locale.ts';
import type { Turn } from './record.ts';

/** A microphone, and what it has recorded. */
export interface Recorder {
  /** Whether this browser can record at all. */
  readonly available: boolean;
  /** Whole seconds that were recorded; null while nothing is. */
  readonly seconds: number | null;
  /** Why there is nothing, or no more; null for no reason. */
  readonly note: Extract<TextKey, `voice.${string}`> | null;
  /** Asks for the microphone: call it from a user's gesture only. */
  readonly start: () => Promise<void>;
  /** Ends it, and hands the recording over. */
  readonly stop: () => void;
  readonly discard: () => void;
}

/** @param done takes the recording as a file */
export function useRecorder(done: (file: File) => void): Recorder {
  const [seconds, setSeconds] = useState<number | null>(null);
  const [note, setNote] = useState<Recorder['note']>(null);
  const now = useRef<Turn | null>(null);
  const end = useCallback((kept: boolean) => now.current?.end(kept), []);
  // The microphone is never left on, nor turned on for a window that is gone; what was recorded by then is kept.
  useEffect(() => () => end(true), [end]);
  useEndWhenHidden(seconds !== null, end);

  const start = async (): Promise<void> => {
    if (now.current) return;
    setNote(null);
    const asking = { end: () => (now.current = null) };
    now.current = asking;
    const { openMicrophone, record, turnOff } = await import('../ChatWindow/onDemand.ts');
    const stream = await openMicrophone();
    const wanted = now.current === asking;
    if (wanted) now.current = null;
    if (typeof stream === 'string') {
      if (wanted) setNote(stream);
      return;
    }
    if (!wanted) {
      turnOff(stream);
      return;
    }
    try {
      now.current = record(stream, {
        tick: () => setSeconds((before) => (before ?? 0) + 1),
        full: () => setNote('voice.full'),
        over: (file) => {
          now.current = null;
          setSeconds(null);
          if (file) done(file);
        },
      });
      setSeconds(0);
    } catch {
      turnOff(stream);
      setNote('voice.none');
    }
  };

  return { available: canRecord(), seconds, note, start, stop: () => end(true), discard: () => end(false) };
}

/** Phones stop the microphone of a page that is out of sight: what is there by then is kept. */
function useEndWhenHidden(recording: boolean, end: (kept: boolean) => void): void {
  useEffect(() => {
    if (!recording) return;
    const endIfHidden = (): void => {
      if (document.visibilityState === 'hidden') end(true);
    };
    document.addEventListener('visibilitychange', endIfHidden);
    return () => document.removeEventListener('visibilitychange', endIfHidden);
  }, [recording, end]);
}

const canRecord = (): boolean =>
  typeof MediaRecorder !== 'undefined' &&
  (globalThis.navigator as Partial<Navigator> | undefined)?.mediaDevices !== undefined;
