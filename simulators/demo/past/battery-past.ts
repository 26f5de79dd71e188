import { between, seededRandom } from '../../random.ts';

const dayMs = 24 * 3_600_000;
/** What the weak device of a living demo begins with: one reading later it says `battery.low`. */
export const weakBatteryPercent = 15.01;
const replacedDaysAgo = 9;

export type BatteryFate = 'usual' | 'weak' | 'replaced';

/** The battery of a device in the weeks before `nowMs`, as a function of the time; it ends where the living device begins. */
export function batteryPast(
  { id, seed, fate }: { id: string; seed: string; fate: BatteryFate },
  nowMs: number,
): (atMs: number) => number {
  // The first number that a living device draws from this stream is its battery, 60–100 %.
  const last = fate === 'weak' ? weakBatteryPercent : 60 + seededRandom(`${seed}:${id}`)() * 40;
  const own = seededRandom(`${seed}:past:${id}`);
  const perDay = { weak: 1.15, replaced: (100 - last) / replacedDaysAgo, usual: between(own, 0.12, 0.75) }[
    fate
  ];
  const replacedAtMs = nowMs - replacedDaysAgo * dayMs;
  return (atMs) => {
    const isOld = fate === 'replaced' && atMs < replacedAtMs;
    const percent = isOld
      ? 17 + ((replacedAtMs - atMs) / dayMs) * 0.9
      : last + ((nowMs - atMs) / dayMs) * perDay;
    return Math.round(Math.min(100, percent) * 10) / 10;
  };
}
