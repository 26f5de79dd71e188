import type { ButtonKey } from '@carebell/contracts/event-kinds.ts';
import { between, pick, wholeBetween } from '../../random.ts';
import type { Random } from '../../random.ts';
import type { Caller } from '../call-director.ts';

/** One thing that a resident or a device of theirs does so that the hub may raise an alarm. */
export type MonthCall = { atMs: number; resident: string } & (
  | { is: 'help'; press: 'short' | 'long'; pressesAgain: boolean; isTakenBack: boolean; isRepeated: boolean }
  /** `getsUpAfterMs` is null of one who stays lying. */
  | { is: 'fall'; getsUpAfterMs: number | null }
  | { is: 'smoke'; clearAfterMs: number }
  | { is: 'order'; key: Exclude<ButtonKey, 'help'> }
);

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Means of a day, for 24 residents. */
const perDay = { help: 4.6, fall: 1.9, smoke: 0.2, order: 5.2 };
/** At night so many of an hour's calls are made as by day. */
const nightPart = 0.3;
const night = { untilHour: 6.5, fromHour: 22 };

/** The calls of one day of the town, in their order. */
export function callsOfDay(random: Random, callers: readonly Caller[], midnightMs: number): MonthCall[] {
  const calls: MonthCall[] = [];
  const some = (mean: number): number => {
    let count = 0;
    for (let left = mean - between(random, 0, 1); left > 0; left -= between(random, 0.4, 1.6)) count += 1;
    return count;
  };
  const one = (fits: (caller: Caller) => boolean): string | undefined => {
    const [first, ...rest] = callers.filter(fits);
    return first && pick(random, first, ...rest).resident;
  };
  const add = (count: number, fits: (caller: Caller) => boolean, atHour: () => number, make: MakeCall) => {
    for (let left = count; left > 0; left -= 1) {
      const resident = one(fits);
      const atMs = Math.round(midnightMs + atHour() * hourMs);
      if (resident !== undefined) calls.push({ atMs, resident, ...make() });
    }
  };
  const anyHour = (): number => hourOfDay(random);

  add(
    some(perDay.help),
    () => true,
    anyHour,
    () => ({
      is: 'help',
      press: random() < 0.8 ? 'short' : 'long',
      pressesAgain: random() < 0.15,
      isTakenBack: random() < 0.07,
      isRepeated: random() < 0.12,
    }),
  );
  add(
    some(perDay.fall),
    ({ canFall }) => canFall,
    anyHour,
    () => ({ is: 'fall', getsUpAfterMs: random() < 0.4 ? between(random, 4_000, 15_000) : null }),
  );
  add(
    some(perDay.smoke),
    ({ canSmoke }) => canSmoke,
    () => pick(random, 7.5, 11.4, 17.3) + random(),
    () => ({ is: 'smoke', clearAfterMs: wholeBetween(random, 1, 4) * minuteMs }),
  );
  add(
    some(perDay.order),
    ({ canOrder }) => canOrder,
    () => between(random, 7.5, 19),
    () => ({ is: 'order', key: pick(random, 'meal', 'meal', 'taxi', 'registration', 'advice') }),
  );
  return calls.toSorted((a, b) => a.atMs - b.atMs);
}

type MakeCall = () =>
  | Omit<Extract<MonthCall, { is: 'help' }>, 'atMs' | 'resident'>
  | Omit<Extract<MonthCall, { is: 'fall' }>, 'atMs' | 'resident'>
  | Omit<Extract<MonthCall, { is: 'smoke' }>, 'atMs' | 'resident'>
  | Omit<Extract<MonthCall, { is: 'order' }>, 'atMs' | 'resident'>;

function hourOfDay(random: Random): number {
  for (;;) {
    const hour = between(random, 0, 24);
    const isNight = hour < night.untilHour || hour > night.fromHour;
    if (!isNight || random() < nightPart) return hour;
  }
}
