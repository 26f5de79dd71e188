import { between, waitingTime } from '../random.ts';
import type { Random } from '../random.ts';
import type { LifeStyle } from './life-styles.ts';

export type Room = 'living' | 'bathroom' | 'kitchen' | 'bedroom' | 'hall';
/** Where the resident is for a time, and how many minutes pass between movements there. */
export type Stay = { fromMs: number; untilMs: number; where: Room | 'bed' | 'out'; everyMinutes: number };

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

export type DayMood = {
  /** Fever, pain: up later, in bed again and again. */
  isIll: boolean;
  isRestlessNight: boolean;
};

/**
 * One day from waking to the next waking, as stays one after another without a hole. Hours are of the local day whose
 * midnight is given.
 */
export function liveDay(
  random: Random,
  style: LifeStyle,
  { midnightMs, wakesMs, nextWakesMs }: { midnightMs: number; wakesMs: number; nextWakesMs: number },
  mood: DayMood,
): Stay[] {
  const stays: Stay[] = [];
  let nowMs = wakesMs;
  const stay = (where: Stay['where'], minutes: number, everyMinutes: number): void => {
    const untilMs = nowMs + minutes * minuteMs;
    stays.push({ fromMs: nowMs, untilMs, where, everyMinutes });
    nowMs = untilMs;
  };
  const hour = (of: number): number => midnightMs + of * hourMs;
  const around = (of: number): number => hour(of + between(random, -1, 1) * style.spreadHours);
  let drankMs = wakesMs;
  /** Sitting, reading, watching, the kitchen now and then, the bathroom every two or three hours. */
  const idleUntil = (untilMs: number): void => {
    for (;;) {
      const leftMinutes = (untilMs - nowMs) / minuteMs;
      if (nowMs - drankMs > between(random, 1.6, 3) * hourMs) {
        stay('hall', 0.4, 0.3);
        stay('bathroom', between(random, 3, 11), 2.5);
        drankMs = nowMs;
      }
      const kind = random();
      const minutes = Math.min(leftMinutes, between(random, 15, 80));
      if (minutes < 1) return;
      if (mood.isIll && kind < 0.45) stay('bed', Math.min(leftMinutes, between(random, 60, 150)), 0);
      else if (kind < 0.68) stay('living', minutes, style.sitsStillMinutes * between(random, 0.5, 1.6));
      else if (kind < 0.85) stay('kitchen', Math.min(minutes, 30), 3);
      else stay('bedroom', Math.min(minutes, 25), 5);
    }
  };

  stay('bathroom', between(random, 6, 18), 2.5);
  stay('kitchen', between(random, 15, 40), 3);
  const sleepsMs = Math.max(nowMs + 6 * hourMs, around(mood.isIll ? style.sleeps - 0.7 : style.sleeps));
  const plans: { atMs: number; go: () => void }[] = [];
  for (const { atHour, hours, part } of style.outings) {
    if (mood.isIll || random() > part) continue;
    plans.push({
      atMs: around(atHour),
      go: () => {
        stay('hall', between(random, 1, 3), 0.7);
        stay('out', hours * between(random, 0.6, 1.6) * 60, 0);
        stay('hall', between(random, 0.7, 2), 0.5);
      },
    });
  }
  if (random() < style.napPart)
    plans.push({
      atMs: around(12.8),
      go: () => stay('bed', style.napHours * between(random, 0.6, 1.5) * 60, 0),
    });
  if (random() < style.longBathPart)
    plans.push({ atMs: around(style.sleeps - 1.5), go: () => stay('bathroom', between(random, 20, 48), 4) });
  for (const mealHour of [11.6, 17.6])
    plans.push({ atMs: around(mealHour), go: () => stay('kitchen', between(random, 25, 50), 3) });
  for (const plan of plans.toSorted((a, b) => a.atMs - b.atMs)) {
    if (plan.atMs >= sleepsMs - hourMs) continue;
    idleUntil(plan.atMs);
    plan.go();
  }
  idleUntil(sleepsMs);
  stay('bathroom', between(random, 4, 12), 2.5);

  const trips = mood.isRestlessNight ? 1 : poisson(random, style.nightTrips);
  const tripTimes = Array.from({ length: trips }, () =>
    mood.isRestlessNight
      ? Math.max(nowMs + 20 * minuteMs, hour(between(random, 23.3, 26)))
      : between(random, nowMs + hourMs, nextWakesMs - 40 * minuteMs),
  );
  for (const tripMs of tripTimes.toSorted((a, b) => a - b)) {
    if (tripMs <= nowMs) continue;
    stays.push({ fromMs: nowMs, untilMs: tripMs, where: 'bed', everyMinutes: 0 });
    nowMs = tripMs;
    if (mood.isRestlessNight) {
      const rounds = Math.round(between(random, 110, 170) / 6);
      for (let round = 0; round < rounds; round += 1)
        stay((['living', 'hall', 'kitchen', 'bathroom'] as const)[Math.floor(random() * 4)] ?? 'hall', 6, 2);
    } else {
      stay('bathroom', between(random, 3, 10), 2.5);
      // A glass of water, or a while at the window.
      if (random() < 0.15) stay('living', between(random, 5, 30), 5);
    }
  }
  if (nowMs < nextWakesMs) stays.push({ fromMs: nowMs, untilMs: nextWakesMs, where: 'bed', everyMinutes: 0 });
  return stays;
}

export function poisson(random: Random, mean: number): number {
  let count = 0;
  for (let passed = waitingTime(random, 1); passed < mean; passed += waitingTime(random, 1)) count += 1;
  return count;
}
