import type { AbsenceKind } from '@carebell/contracts/absence.ts';
import { between, pick, seededRandom } from '../random.ts';
import type { Random } from '../random.ts';
import { dayMs, hourMs, liveDay, minuteMs, poisson } from './day-of-life.ts';
import type { Stay } from './day-of-life.ts';
import { cut, drawEmergency, strike } from './emergencies.ts';
import type { Label } from './emergencies.ts';
import { lifeStyles } from './life-styles.ts';
import type { LifeStyle } from './life-styles.ts';
import { devicesOf, sense } from './sensing.ts';
import type { LabelledDevice, Told } from './sensing.ts';
import { spoil } from './troubles.ts';
import type { Gap, Trouble } from './troubles.ts';

export type LabelledAbsence = { kind: AbsenceKind; fromMs: number; untilMs: number };

/** Thirty days of one resident: what reached the hub, what the station had entered, and what should have been noticed. */
export type ResidentMonth = {
  seed: string;
  style: string;
  riskGroups: LifeStyle['riskGroups'];
  devices: LabelledDevice[];
  fromMs: number;
  untilMs: number;
  told: Told[];
  absences: LabelledAbsence[];
  hubGaps: Gap[];
  labels: Label[];
  troubles: Trouble[];
};

const days = 30;
/** Midnight in Shanghai, eight hours ahead of UTC. */
const firstMidnightMs = Date.UTC(2026, 2, 1) - 8 * hourMs;
export const labelledTimeZone = 'Asia/Shanghai';

/** One resident-month; the same seed gives the same month. Neighbouring numbers live in different styles. */
export function residentMonth(set: string, number: number): ResidentMonth {
  const seed = `${set}:${number}`;
  const style =
    lifeStyles[number % lifeStyles.length] ?? pick(seededRandom(seed), ...(lifeStyles as [LifeStyle]));
  const random = seededRandom(`${seed}:life`);
  const absences: LabelledAbsence[] = [];
  const labels: Label[] = [];
  const openDoors: number[] = [];
  const troubles: Trouble[] = [];
  const emergencies = plannedEmergencies(random, style);
  const illDays = random() < 0.3 ? daysFrom(random, 2, 4) : [];
  const holiday = random() < 0.15 ? daysFrom(random, 2, 8) : [];
  const isHolidayEntered = random() < 0.9;
  const restless = new Set(
    Array.from({ length: style.restlessNights > 0 && random() < 0.4 ? 1 : 0 }, () =>
      Math.floor(between(random, 3, 26)),
    ),
  );

  let stays: Stay[] = [];
  /** Nothing of daily life before this: in hospital, or found and brought home. */
  let awayUntilMs = 0;
  let wakesMs = wakingOf(random, style, 0, false);
  for (let day = 0; day < days; day += 1) {
    const midnightMs = firstMidnightMs + day * dayMs;
    const nextWakesMs = wakingOf(random, style, day + 1, illDays.includes(day + 1));
    const planned = emergencies.get(day);
    const isRestless = planned === 'restless-night' || restless.has(day);
    if (restless.has(day) && planned !== 'restless-night')
      labels.push({
        kind: 'restless-night',
        atMs: midnightMs + dayMs,
        withinMs: 5 * hourMs,
        overMs: midnightMs + 31 * hourMs,
      });
    let today = liveDay(
      seededRandom(`${seed}:day:${day}`),
      style,
      { midnightMs, wakesMs, nextWakesMs },
      { isIll: illDays.includes(day), isRestlessNight: isRestless },
    );
    if (midnightMs >= awayUntilMs && holiday.includes(day)) {
      const leftMs = midnightMs + 9.5 * hourMs;
      const backMs = midnightMs + (holiday.length - holiday.indexOf(day)) * dayMs + 16 * hourMs;
      today = [...cut(today, leftMs), { fromMs: leftMs, untilMs: backMs, where: 'out', everyMinutes: 0 }];
      if (isHolidayEntered) absences.push({ kind: 'on-holiday', fromMs: leftMs, untilMs: backMs });
      else troubles.push({ is: 'holiday not entered', deviceId: null, fromMs: leftMs, untilMs: backMs });
      awayUntilMs = backMs;
    } else if (planned !== undefined && midnightMs >= awayUntilMs) {
      const struck = strike(random, planned, style, today, midnightMs);
      if (struck) {
        today = struck.stays;
        labels.push(struck.label);
        if (struck.isDoorOpen) openDoors.push(struck.label.atMs);
        if (struck.hospital) {
          const { fromMs, untilMs } = struck.hospital;
          absences.push({ kind: 'in-hospital', fromMs, untilMs });
          today.push({ fromMs: today.at(-1)?.untilMs ?? fromMs, untilMs, where: 'out', everyMinutes: 0 });
          awayUntilMs = untilMs;
        } else awayUntilMs = Math.max(awayUntilMs, today.at(-1)?.untilMs ?? 0);
      }
    }
    const endMs = stays.at(-1)?.untilMs ?? 0;
    stays = [...stays, ...after(today, endMs)];
    wakesMs = nextWakesMs;
  }

  const devices = devicesOf(style.sensors);
  const untilMs = firstMidnightMs + days * dayMs;
  const visited = visits(seededRandom(`${seed}:visits`), style, stays);
  absences.push(...visited.absences);
  const sensed = sense(seededRandom(`${seed}:sensors`), visited.stays, style.sensors, {
    isDoorLeftOpenAt: openDoors,
  });
  const visitors = visited.told.filter(({ deviceId }) => devices.some(({ id }) => id === deviceId));
  const all = [...sensed, ...visitors].toSorted((a, b) => a.receivedMs - b.receivedMs);
  const fromMs = firstMidnightMs;
  const spoilt = spoil(seededRandom(`${seed}:troubles`), all, { fromMs, untilMs, devices });
  return {
    seed,
    style: style.name,
    riskGroups: style.riskGroups,
    devices,
    fromMs,
    untilMs,
    told: spoilt.told.filter(({ receivedMs }) => receivedMs < untilMs),
    absences,
    hubGaps: spoilt.hubGaps,
    labels: labels.filter(({ atMs, withinMs }) => atMs + withinMs < untilMs),
    troubles: [...troubles, ...spoilt.troubles],
  };
}

/** Two in three months have an emergency, one in six a second. */
function plannedEmergencies(random: Random, style: LifeStyle): Map<number, Label['kind']> {
  const count = random() < 0.16 ? 2 : random() < 0.6 ? 1 : 0;
  return new Map(
    Array.from({ length: count }, (_, index) => [
      Math.floor(between(random, 3 + index * 13, 14 + index * 12)),
      drawEmergency(random, style),
    ]),
  );
}

function daysFrom(random: Random, least: number, most: number): number[] {
  const first = Math.floor(between(random, 3, days - most - 2));
  return Array.from({ length: Math.floor(between(random, least, most + 1)) }, (_, index) => first + index);
}

function wakingOf(random: Random, style: LifeStyle, day: number, isIll: boolean): number {
  const isLate = random() < 0.08;
  const hour =
    style.wakes +
    between(random, -1, 1) * style.spreadHours +
    (isIll ? 0.7 : 0) +
    (isLate ? between(random, 0.2, 0.8) : 0);
  return firstMidnightMs + day * dayMs + hour * hourMs;
}

function after(stays: readonly Stay[], fromMs: number): Stay[] {
  return stays
    .filter(({ untilMs }) => untilMs > fromMs)
    .map((stay) => ({ ...stay, fromMs: Math.max(stay.fromMs, fromMs) }));
}

/** Family, neighbours and carers come while the resident is at home: the door, and more movement for an hour or two. */
function visits(
  random: Random,
  style: LifeStyle,
  stays: readonly Stay[],
): { stays: Stay[]; told: Told[]; absences: LabelledAbsence[] } {
  const told: Told[] = [];
  const absences: LabelledAbsence[] = [];
  const say = (deviceId: string, kind: string, atMs: number): void => {
    told.push({ type: 'event', deviceId, kind, atMs: Math.round(atMs), receivedMs: Math.round(atMs + 400) });
  };
  const through = (atMs: number): void => {
    say('door', 'door.opened', atMs);
    say('door', 'door.closed', atMs + between(random, 8_000, 40_000));
  };
  const isByDay = (atMs: number): boolean => {
    const hour = ((atMs - firstMidnightMs) % dayMs) / hourMs;
    return hour > 8 && hour < 20;
  };
  const lively = stays.filter(
    ({ where, everyMinutes, fromMs, untilMs }) =>
      (where === 'living' || where === 'kitchen') &&
      everyMinutes > 0 &&
      isByDay(fromMs) &&
      untilMs - fromMs > 20 * minuteMs,
  );
  const count = poisson(random, style.visitsPerWeek * (days / 7));
  for (let visit = 0; visit < count; visit += 1) {
    const stay = lively[Math.floor(random() * lively.length)];
    if (!stay) continue;
    const comesMs = stay.fromMs + 5 * minuteMs;
    const leavesMs = Math.min(stay.untilMs, comesMs + between(random, 15, 100) * minuteMs);
    through(comesMs);
    for (let atMs = comesMs + 2 * minuteMs; atMs < leavesMs; atMs += between(random, 2, 12) * minuteMs)
      say(`motion-${pick(random, 'living', 'kitchen', 'living')}`, 'motion.detected', atMs);
    through(leavesMs);
    if (random() < 0.3)
      absences.push({ kind: 'carer-present', fromMs: comesMs, untilMs: leavesMs + 5 * minuteMs });
  }
  return { stays: [...stays], told, absences };
}
