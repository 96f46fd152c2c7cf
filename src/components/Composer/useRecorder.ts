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

interface Recording {
  readonly recorder: MediaRecorder;
  readonly chunks: Blob[];
  bytes: number;
  kept: boolean;
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
  const now = useRef<Recording | null>(null);
  const end = useCallback((kept: boolean) => {
    const { current } = now;
    if (!current || current.recorder.state === 'inactive') return;
    current.kept = kept;
    current.recorder.stop();
  }, []);
  // The microphone is never left on.
  useEffect(() => () => end(false), [end]);

  const start = async (): Promise<void> => {
    if (now.current) return;
    setNote(null);
    const stream = await openMicrophone();
    if (typeof stream === 'string') {
      setNote(stream);
      return;
    }
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    const recorder = new MediaRecorder(stream, { ...(mimeType && { mimeType }), audioBitsPerSecond: BITS_PER_SECOND });
    const recording: Recording = { recorder, chunks: [], bytes: 0, kept: false };
    now.current = recording;
    recorder.ondataavailable = ({ data }) => {
      recording.chunks.push(data);
      recording.bytes += data.size;
      if (recorder.state === 'inactive') return;
      setSeconds((before) => (before ?? 0) + 1);
      if (recording.bytes > MOST_BYTES - MARGIN) {
        setNote('voice.full');
        end(true);
      }
    };
    recorder.onstop = () => {
      for (const track of stream.getTracks()) track.stop();
      now.current = null;
      setSeconds(null);
      if (recording.kept && recording.bytes > 0) done(fileOf(recording));
    };
    recorder.start(SECOND);
    setSeconds(0);
  };

  return { available: canRecord(), seconds, note, start, stop: () => end(true), discard: () => end(false) };
}

const canRecord = (): boolean =>
  typeof MediaRecorder !== 'undefined' &&
  (globalThis.navigator as Partial<Navigator> | undefined)?.mediaDevices !== undefined;

async function openMicrophone(): Promise<MediaStream | 'voice.denied' | 'voice.none'> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotFoundError' ? 'voice.none' : 'voice.denied';
  }
}

function fileOf({ recorder, chunks }: Recording): File {
  const type = recorder.mimeType || (chunks[0]?.type ?? '');
  const [, ending = 'webm'] = /^audio\/(\w+)/.exec(type) ?? [];
  return new File(chunks, `voice.${ending}`, { type });
}
