import type { Settings } from '../app/settings.ts';
import type { SoundPattern } from './sound-plan.ts';

type Voice = Settings['voice'];
type Note = { atMs: number; forMs: number; hertz: number; shape: OscillatorType; loudness: number };

/** Told apart by rhythm as well as pitch, so that a tired or hard-of-hearing operator knows which one sounds. */
const patterns: Record<SoundPattern, readonly Note[]> = {
  emergency: [0, 1, 2, 3, 4, 5].map((n) => ({
    atMs: n * 180,
    forMs: 160,
    hertz: n % 2 === 0 ? 988 : 740,
    shape: 'square',
    loudness: 0.5,
  })),
  urgent: [523, 659, 784].map((hertz, n) => ({
    atMs: n * 220,
    forMs: 200,
    hertz,
    shape: 'triangle',
    loudness: 0.9,
  })),
  service: [784, 587].map((hertz, n) => ({ atMs: n * 320, forMs: 420, hertz, shape: 'sine', loudness: 0.6 })),
  technical: [{ atMs: 0, forMs: 260, hertz: 330, shape: 'sine', loudness: 0.5 }],
  'feed-lost': [440, 392, 349, 330].map((hertz, n) => ({
    atMs: n * 300,
    forMs: 280,
    hertz,
    shape: 'triangle',
    loudness: 0.7,
  })),
};

export const patternLastsMs = 1_300;
const fadeSeconds = 0.015;

/** An octave lower is heard by ears that have lost the treble; the rhythm stays. */
const pitches: Record<Voice, number> = { bright: 1, low: 0.5 };

/** Plays a pattern now. */
export function speak(
  context: AudioContext,
  pattern: SoundPattern,
  { volume, voice }: { volume: number; voice: Voice },
): void {
  for (const note of patterns[pattern]) {
    const start = context.currentTime + note.atMs / 1000;
    const end = start + note.forMs / 1000;
    const oscillator = context.createOscillator();
    const gain = context.createGain();
    oscillator.type = note.shape;
    oscillator.frequency.value = note.hertz * pitches[voice];
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(note.loudness * volume, start + fadeSeconds);
    gain.gain.setValueAtTime(note.loudness * volume, end - fadeSeconds);
    gain.gain.linearRampToValueAtTime(0, end);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(start);
    oscillator.stop(end);
  }
}
