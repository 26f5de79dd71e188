import { systemClock } from '../clock.ts';
import type { Clock, ClockLook } from '../clock.ts';

/** What a machine says of time. */
export type MachineTime = {
  /** What somebody may set: milliseconds since the epoch. */
  wall(): number;
  /** Milliseconds that go on evenly; they stand still while the machine sleeps. */
  steady(): number;
  /** Milliseconds since the machine was started, its sleep included, and which start that was; `null` where no file says so. */
  uptime(): number;
  boot: string | null;
};

/** Within this the wall clock is followed as it is: time servers correct by less, and nothing is due that exactly. */
export const followedMs = 100;
/** A hub whose clock was set goes faster or slower by a twentieth until both agree: 60 s are then 57 or 63. */
export const slewedBy = 1 / 20;
/** Of less nobody is told. */
const toldFromMs = 1_000;
/** What the coarse count of the uptime may be wrong by is far less. */
const sleptFromMs = 2_000;

/**
 * The hub's own time: that of the wall clock while this goes evenly, and never set. When the wall clock is set, it goes on
 * as before and comes nearer slowly, so that what is due comes in its time, and nothing is recorded before what came
 * before it.
 */
export function createEvenClock(machine: MachineTime): Clock & { look(): ClockLook } {
  let at = { evenMs: machine.wall(), steadyMs: machine.steady(), uptimeMs: machine.uptime() };
  let speed = 1;
  let offMs = 0;
  let lastMs = at.evenMs;

  const evenAt = (steadyMs: number): number => at.evenMs + (steadyMs - at.steadyMs) * speed;

  return {
    now() {
      const wallMs = machine.wall();
      const evenMs = evenAt(machine.steady());
      const nowMs = Math.abs(evenMs - wallMs) <= followedMs ? wallMs : Math.floor(evenMs);
      if (nowMs > lastMs) lastMs = nowMs;
      return lastMs;
    },
    monotonic: machine.steady,
    after: systemClock.after,
    every: systemClock.every,
    look() {
      const [wallMs, steadyMs, uptimeMs] = [machine.wall(), machine.steady(), machine.uptime()];
      const passedMs = steadyMs - at.steadyMs;
      const sleptMs = uptimeMs - at.uptimeMs - passedMs;
      const evenMs = evenAt(steadyMs) + (sleptMs > sleptFromMs ? sleptMs : 0);
      const setByMs = offMs + passedMs * (speed - 1) - (evenMs - wallMs);
      const isFollowed = Math.abs(evenMs - wallMs) <= followedMs;
      offMs = isFollowed ? 0 : evenMs - wallMs;
      speed = 1 - Math.sign(offMs) * slewedBy;
      at = { evenMs: wallMs + offMs, steadyMs, uptimeMs };
      const isTold = Math.abs(setByMs) >= toldFromMs;
      return { boot: machine.boot, uptimeMs, offMs, setByMs: isTold ? Math.round(setByMs) : 0 };
    },
  };
}
