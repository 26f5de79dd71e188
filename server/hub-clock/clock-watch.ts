import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';

const lookEveryMs = 1_000;
/** What a start after a crash knows of the clock is no older. */
const noteEveryMs = 60_000;
/** Time servers set a clock by less when they find it a little wrong; more is somebody's doing, or a fault. */
const alarmFromMs = 10_000;
/** So near to the wall clock the alarm is over. */
const overWithinMs = 1_000;

export type ClockWatch = { offMs(): number; stop(): void };

/** Sees that the machine's clock is set, records by how much, and has a technical alarm while the hub has another time. */
export function watchClock(
  gate: Pick<Gate, 'commit' | 'store'>,
  clock: Pick<Clock, 'every' | 'look' | 'now' | 'monotonic'>,
  troubled: (event: string, error: unknown) => void,
): ClockWatch {
  let offMs = 0;
  let untoldMs = 0;
  let notedAtMs = clock.monotonic();
  /** `null` after a start: an alarm of the last run may be open. */
  let isTold: boolean | null = null;
  let isBusy = false;

  async function tell(look: { boot: string | null; uptimeMs: number }): Promise<void> {
    const setByMs = untoldMs;
    if (setByMs !== 0 || clock.monotonic() - notedAtMs >= noteEveryMs) {
      await gate.commit('noteClock', { ...look, setByMs });
      untoldMs -= setByMs;
      notedAtMs = clock.monotonic();
    }
    const isOff = isTold === true ? Math.abs(offMs) > overWithinMs : Math.abs(offMs) >= alarmFromMs;
    if (isOff === isTold) return;
    if (isOff) await gate.commit('raiseHubAlarm', { kind: 'clock-set', sinceMs: clock.now() });
    else await gate.commit('clearHubAlarm', { kind: 'clock-set' });
    isTold = isOff;
  }

  const stop = clock.every(lookEveryMs, () => {
    const look = clock.look?.();
    if (look === undefined) return;
    offMs = look.offMs;
    untoldMs += look.setByMs;
    if (look.setByMs !== 0) troubled('clock.set', new Error(`the clock was set by ${look.setByMs} ms`));
    if (isBusy || gate.store().is === 'failing') return;
    isBusy = true;
    void tell({ boot: look.boot, uptimeMs: look.uptimeMs })
      .catch((error: unknown) => troubled('clock.not-noted', error))
      .finally(() => {
        isBusy = false;
      });
  });
  return { offMs: () => offMs, stop };
}
