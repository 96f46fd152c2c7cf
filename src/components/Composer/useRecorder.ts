import { useCallback, useEffect, useRef, useState } from 'react';
import type { TextKey } from '../text/locale.ts';
import { MOST_BYTES } from './prepareAttachment.ts';

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

/** A recording, or the wait for the microphone. */
interface Turn {
  /** @param kept whether what was recorded is handed over */
  readonly end: (kept: boolean) => void;
}

/** Speech needs no more: about 90 seconds fit into a message. */
const BITS_PER_SECOND = 24_000;
/** What a recorder may write beyond that between two looks. */
const MARGIN = 16_000;
const SECOND = 1_000;
/** Of those that readers draw, what this browser writes. */
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];

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

interface RecordingEvents {
  /** Another second. */
  readonly tick: () => void;
  /** No more fits into a message. */
  readonly full: () => void;
  readonly over: (file: File | undefined) => void;
}

function record(stream: MediaStream, { tick, full, over }: RecordingEvents): Turn {
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, { ...(mimeType && { mimeType }), audioBitsPerSecond: BITS_PER_SECOND });
  const chunks: Blob[] = [];
  let bytes = 0;
  // One that ends by itself, as when the microphone is unplugged, is kept.
  let wanted = true;
  const end = (kept: boolean): void => {
    wanted = kept;
    if (recorder.state !== 'inactive') recorder.stop();
  };
  recorder.ondataavailable = ({ data }) => {
    // What is beyond the limit could not be sent; up to there it is a whole recording.
    if (bytes + data.size <= MOST_BYTES) chunks.push(data);
    bytes += data.size;
    if (recorder.state === 'inactive') return;
    tick();
    if (bytes > MOST_BYTES - MARGIN) {
      full();
      end(true);
    }
  };
  recorder.onstop = () => {
    turnOff(stream);
    over(wanted && chunks.length > 0 ? fileOf(chunks, recorder.mimeType) : undefined);
  };
  recorder.start(SECOND);
  return { end };
}

const canRecord = (): boolean =>
  typeof MediaRecorder !== 'undefined' &&
  (globalThis.navigator as Partial<Navigator> | undefined)?.mediaDevices !== undefined;

function turnOff(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

async function openMicrophone(): Promise<MediaStream | 'voice.denied' | 'voice.none'> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch (error) {
    return error instanceof DOMException && /^(NotAllowed|Security)Error$/.test(error.name)
      ? 'voice.denied'
      : 'voice.none';
  }
}

function fileOf(chunks: Blob[], mimeType: string): File {
  const type = mimeType || (chunks[0]?.type ?? '');
  const [, ending = 'webm'] = /^audio\/(\w+)/.exec(type) ?? [];
  return new File(chunks, `voice.${ending}`, { type });
}
