import { MOST_BYTES } from './mostBytes.ts';

/** A recording, or the wait for the microphone. */
export interface Turn {
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

interface RecordingEvents {
  /** Another second. */
  readonly tick: () => void;
  /** No more fits into a message. */
  readonly full: () => void;
  readonly over: (file: File | undefined) => void;
}

/** Records what a microphone hears, until it is ended or a message is full. */
export function record(stream: MediaStream, { tick, full, over }: RecordingEvents): Turn {
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

export function turnOff(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

export async function openMicrophone(): Promise<MediaStream | 'voice.denied' | 'voice.none'> {
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
