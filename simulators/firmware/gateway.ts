import type { EventIds } from '../event-ids.ts';
import type { Random } from '../random.ts';
import { repeat } from '../time.ts';
import type { Cancel, Time } from '../time.ts';
import { badWire } from './bad-wire.ts';
import type { Damage } from './bad-wire.ts';
import type { Cable } from './cable.ts';
import type { Act, Board, Firmware, Said } from './firmware.ts';

export type WireEvent =
  | { type: 'plugged-in'; at: string }
  | { type: 'pulled' }
  | { type: 'act'; act: Act; sender: number }
  /** `bytes` as the wire carries them, `isDamaged` when the board had said something else. */
  | { type: 'sent'; bytes: Uint8Array; isDamaged: boolean }
  | { type: 'heard'; bytes: Uint8Array }
  | { type: 'failed'; reason: Error };

export type GatewayOptions = { damage?: Damage };

/** A board at the end of a cable: with power only while it is plugged in, as on USB. */
export type Gateway = {
  /** Resolves to where the bridge finds it. */
  plugIn(): Promise<string>;
  pull(): Promise<void>;
  /** Happens in the house whether or not the board has power; then nobody hears it. */
  perform(act: Act, sender?: number): void;
};

export function createGateway(
  {
    time,
    random,
    nextEventId,
    observe,
  }: { time: Time; random: Random; nextEventId?: EventIds; observe(event: WireEvent): void },
  board: Board,
  cable: Cable,
  { damage = { noise: 0, truncate: 0 } }: GatewayOptions = {},
): Gateway {
  const carry = badWire(random, damage);
  let firmware: Firmware | undefined;
  const planned = new Set<Cancel>();

  function say(said: Said[]): void {
    let delayMs = 0;
    for (const { bytes, pauseMs } of said) {
      delayMs += pauseMs;
      if (delayMs === 0) {
        send(bytes);
        continue;
      }
      const cancel = time.after(delayMs, () => {
        planned.delete(cancel);
        send(bytes);
      });
      planned.add(cancel);
    }
  }

  function send(frame: Uint8Array): void {
    const bytes = carry(frame);
    cable.write(bytes);
    observe({ type: 'sent', bytes, isDamaged: bytes !== frame });
  }

  return {
    async plugIn() {
      const started = board.powerOn(random, nextEventId);
      const at = await cable.plugIn({
        bytes(bytes) {
          observe({ type: 'heard', bytes });
          if (firmware !== undefined) say(firmware.answer(bytes));
        },
        failed: (reason) => observe({ type: 'failed', reason }),
      });
      firmware = started;
      observe({ type: 'plugged-in', at });
      say(started.banner());
      const { idle } = started;
      if (idle !== undefined)
        planned.add(
          repeat(
            time,
            () => idle.everyMs,
            () => say(idle.say()),
          ),
        );
      return at;
    },
    async pull() {
      firmware = undefined;
      for (const cancel of planned) cancel();
      planned.clear();
      await cable.pull();
      observe({ type: 'pulled' });
    },
    perform(act, sender = 0) {
      observe({ type: 'act', act, sender });
      if (firmware !== undefined) say(firmware.perform(act, sender));
    },
  };
}
