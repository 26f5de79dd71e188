import type { EventIds } from '../event-ids.ts';
import type { Random } from '../random.ts';

/** What happens in front of a transmitter or sensor behind the gateway's radio, cable or bus. */
export const acts = [
  'press',
  'fall',
  'door-open',
  'door-close',
  'motion',
  'smoke',
  'tamper',
  'battery-low',
  'reading',
] as const;
export type Act = (typeof acts)[number];

/** What a firmware puts on the wire at one time: `pauseMs` after what it said before. */
export type Said = { bytes: Uint8Array; pauseMs: number };

/** A board of one kind that may be powered on. Written from the protocol's documents, not from the bridge's drivers. */
export type Board = {
  /** The bridge's name for what it speaks. */
  driver: string;
  about: { 'zh-CN': string; en: string };
  line: { baudRate: number; dataBits?: 7 | 8; parity?: 'none' | 'even' | 'odd'; stopBits?: 1 | 2 };
  /** What the protocol has words for; `perform` of any other act says nothing. */
  acts: readonly Act[];
  /** The line is busy with the same questions and answers all the time. */
  isPolled?: boolean;
  /** `nextEventId` is for devices that number what they say; without it they take words that were never taken before. */
  powerOn(random: Random, nextEventId?: EventIds): Firmware;
};

/** The program on a board that has power. It holds state and bytes of its own, and does no I/O. */
export type Firmware = {
  /** What it says by itself when it has started. */
  banner(): Said[];
  /**
   * What goes over the wire when `act` happens, each repetition of the transmitter a frame of its own. `sender` 0, 1,
   * 2 … is one of the transmitters in the house; on a bus that is polled nothing is said until the master asks.
   */
  perform(act: Act, sender: number): Said[];
  /** Takes bytes from the bridge, in whatever pieces they come, and says what the firmware answers. */
  answer(bytes: Uint8Array): Said[];
  /** What it says at an interval although nothing happens. */
  idle?: { everyMs: number; say(): Said[] };
};

/** A frame without a pause before it. */
export function atOnce(bytes: Uint8Array): Said {
  return { bytes, pauseMs: 0 };
}
