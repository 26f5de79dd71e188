import { setTimeout as pass } from 'node:timers/promises';
import type { Cable } from './cable.ts';
import type { createPressLedger } from './press-ledger.ts';

/** Frames of one press, and the time between them: a short press on a cheap transmitter. */
const [framesOfAPress, frameEveryMs, pressEveryMs] = [4, 60, 70];
const transmitters = 60_000;

/** Smoke detectors on a radio, each pressed once, one after the other until `end`; the ledger has every frame that was written. */
export function keepPressing(
  cable: Pick<Cable, 'write'>,
  ledger: Pick<ReturnType<typeof createPressLedger>, 'pressed'>,
  /** How often the cable was plugged in by now, and which transmitter is the first. */
  { plugged, first, random }: { plugged: () => number; first: number; random: () => number },
): { end(): Promise<number> } {
  const frames: Promise<void>[] = [];
  let isEnded = false;
  let ordinal = first;

  async function press(number: number): Promise<void> {
    const id = (0x10000 + (number % transmitters)).toString(16).padStart(6, '0');
    const pressed = {
      id: `rf433.smokealert.${id.replace(/^0+/, '')}`,
      frames: [] as { atMs: number; cable: number }[],
    };
    ledger.pressed(pressed);
    for (let frame = 0; frame < framesOfAPress; frame += 1) {
      const line = `20;${(frame % 256).toString(16).padStart(2, '0')};SmokeAlert;ID=${id};SMOKEALERT=ON;\r\n`;
      const at = { atMs: performance.now(), cable: plugged() };
      if (cable.write(line)) pressed.frames.push(at);
      await pass(frameEveryMs);
    }
  }

  async function go(): Promise<void> {
    for (;;) {
      if (isEnded) return;
      frames.push(press(ordinal++));
      await pass(pressEveryMs * (0.5 + random()));
    }
  }
  const going = go();
  return {
    /** Resolves when the last frame is written, with the number of the next transmitter. */
    async end() {
      isEnded = true;
      await going;
      await Promise.all(frames);
      return ordinal;
    },
  };
}
