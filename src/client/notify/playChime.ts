/** Hertz, one after the other: a fourth up. */
const TONES = [659.25, 880];
const TONE_SECONDS = 0.14;
const LOUDNESS = 0.08;
/** Sound cannot fade to nothing exponentially. */
const SILENCE = 0.0001;

let context: AudioContext | undefined;

/** Two soft tones, made here: nothing is loaded. A page that was never touched may make no sound, and then makes none. */
export function playChime(): void {
  if (typeof AudioContext === 'undefined') return;
  context ??= new AudioContext();
  const { destination } = context;
  const start = context.currentTime + 0.01;
  for (const [place, tone] of TONES.entries()) {
    const [oscillator, gain] = [context.createOscillator(), context.createGain()];
    const from = start + place * TONE_SECONDS;
    oscillator.frequency.value = tone;
    gain.gain.setValueAtTime(SILENCE, from);
    gain.gain.exponentialRampToValueAtTime(LOUDNESS, from + 0.02);
    gain.gain.exponentialRampToValueAtTime(SILENCE, from + TONE_SECONDS * 2);
    oscillator.connect(gain).connect(destination);
    oscillator.start(from);
    oscillator.stop(from + TONE_SECONDS * 2);
  }
  void context.resume().catch(() => undefined);
}
