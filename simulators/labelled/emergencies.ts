import { between, pick } from '../random.ts';
import type { Random } from '../random.ts';
import { dayMs, hourMs, minuteMs } from './day-of-life.ts';
import type { Stay } from './day-of-life.ts';
import type { LifeStyle } from './life-styles.ts';

export const emergencyKinds = [
  'fall-in-bathroom',
  'fall-in-room',
  'fall-at-night',
  'does-not-wake',
  'ill-in-bed',
  'wanders-at-night',
  'does-not-come-back',
  'restless-night',
  'door-left-open',
] as const;
export type EmergencyKind = (typeof emergencyKinds)[number];

/** Something that must be noticed within a time; what is found until it is over is no false alarm. */
export type Label = { kind: EmergencyKind; atMs: number; withinMs: number; overMs: number };

/** Hours within which each must be noticed, or the hour of the day by which. */
const within = { bathroom: 2, room: 5, night: 1.5, wandering: 0.1, door: 1 };

/** Which emergencies can befall somebody who lives like this, in this month. */
export function drawEmergency(random: Random, style: LifeStyle): EmergencyKind {
  const hasBed = style.sensors === 'full';
  if (style.riskGroups.includes('dementia'))
    return pick(
      random,
      'wanders-at-night',
      'wanders-at-night',
      'fall-in-room',
      'restless-night',
      'fall-at-night',
      'door-left-open',
      'does-not-come-back',
    );
  if (style.riskGroups.includes('disabled'))
    return pick(random, 'fall-at-night', 'fall-in-bathroom', 'fall-in-room', 'does-not-wake', 'ill-in-bed');
  const others = [
    'fall-in-room',
    'does-not-wake',
    'ill-in-bed',
    'does-not-come-back',
    'door-left-open',
  ] as const;
  return hasBed
    ? pick(random, 'fall-in-bathroom', 'fall-at-night', ...others)
    : pick(random, 'fall-in-bathroom', ...others);
}

type Struck = {
  stays: Stay[];
  label: Label;
  hospital: { fromMs: number; untilMs: number } | null;
  isDoorOpen: boolean;
};

/**
 * Lets it happen on one day: cuts that day's stays where it strikes, and puts what follows in their place until somebody
 * comes. `null` if the day has no moment for it. `midnightMs` is that of the day.
 */
export function strike(
  random: Random,
  kind: EmergencyKind,
  style: LifeStyle,
  stays: readonly Stay[],
  midnightMs: number,
): Struck | null {
  const at = (hour: number): number => midnightMs + hour * hourMs;
  const isDay = ({ fromMs }: Stay): boolean => fromMs > at(8) && fromMs < at(18);
  const long = ({ fromMs, untilMs }: Stay): boolean => untilMs - fromMs > 3 * minuteMs;
  const some = (fits: (stay: Stay) => boolean): Stay | undefined => {
    const fitting = stays.filter((stay) => fits(stay) && long(stay));
    return fitting[Math.floor(random() * fitting.length)];
  };
  const within24 = (stay: Stay): boolean => stay.fromMs > at(5) && stay.fromMs < at(22);
  /** Lies where it happened until found. */
  const lies = (
    stay: Stay | undefined,
    withinMs: number,
    where: Stay['where'],
    atMs?: number,
  ): Struck | null => {
    if (!stay) return null;
    const fromMs =
      atMs ?? between(random, stay.fromMs + minuteMs, Math.min(stay.untilMs, stay.fromMs + 25 * minuteMs));
    const foundMs = fromMs + withinMs + between(random, 1, 3) * hourMs;
    return struck({ kind, atMs: fromMs, withinMs, overMs: foundMs + hourMs }, [
      {
        fromMs,
        untilMs: foundMs,
        where,
        everyMinutes: where === 'bed' ? 0 : between(random, 0, 1) < 0.15 ? 60 : 0,
      },
    ]);
  };
  const struck = (label: Label, then: Stay[], isDoorOpen = false, isHospital = true): Struck => {
    const backMs = label.overMs + between(random, 1, 5) * dayMs;
    return {
      label,
      isDoorOpen,
      hospital: isHospital ? { fromMs: label.overMs - hourMs * 0.5, untilMs: backMs } : null,
      stays: [...cut(stays, label.atMs), ...then],
    };
  };

  switch (kind) {
    case 'fall-in-bathroom':
      return lies(
        some((stay) => stay.where === 'bathroom' && within24(stay)),
        within.bathroom * hourMs,
        'bathroom',
      );
    case 'fall-in-room': {
      const stay = some((one) => isDay(one) && ['living', 'kitchen', 'bedroom'].includes(one.where));
      return stay ? lies(stay, within.room * hourMs, stay.where) : null;
    }
    case 'fall-at-night': {
      const trip = stays.find(
        ({ where, fromMs }) => where === 'bathroom' && fromMs > at(22.6) && fromMs < at(28),
      );
      return lies(
        trip,
        within.night * hourMs,
        'bedroom',
        trip && trip.fromMs - between(random, 0, 1) * minuteMs,
      );
    }
    case 'does-not-wake': {
      const night = stays.findLast(({ where }) => where === 'bed');
      if (!night) return null;
      const atMs = Math.max(night.fromMs + minuteMs, at(27));
      return lies(night, at(24 + 11) - atMs, 'bed', atMs);
    }
    case 'ill-in-bed': {
      // Wakes with a fever, reaches the bathroom once, and lies down again.
      const night = stays.findLast(({ where }) => where === 'bed');
      if (!night) return null;
      const atMs = Math.max(night.fromMs + minuteMs, at(29.5));
      const upMs = atMs + between(random, 2, 6) * minuteMs;
      const overMs = at(24 + 11) + 3 * hourMs;
      return struck({ kind, atMs, withinMs: at(24 + 11) - atMs, overMs: overMs + hourMs }, [
        { fromMs: atMs, untilMs: upMs, where: 'bathroom', everyMinutes: 2.5 },
        { fromMs: upMs, untilMs: overMs, where: 'bed', everyMinutes: 0 },
      ]);
    }
    case 'wanders-at-night': {
      const night = stays.findLast(({ where }) => where === 'bed');
      if (!night) return null;
      const atMs = between(random, at(24.3), at(28.5));
      const foundMs = atMs + between(random, 1, 4) * hourMs;
      return struck(
        { kind, atMs, withinMs: within.wandering * hourMs, overMs: foundMs + hourMs },
        [{ fromMs: atMs, untilMs: foundMs, where: 'out', everyMinutes: 0 }],
        false,
        false,
      );
    }
    case 'does-not-come-back': {
      const out = some(({ where, fromMs }) => where === 'out' && fromMs < at(17));
      if (!out) return null;
      const isForgetful = style.riskGroups.includes('dementia');
      const withinMs = isForgetful ? 4 * hourMs : Math.min(10 * hourMs, at(23) - out.fromMs);
      const foundMs = out.fromMs + withinMs + between(random, 1, 3) * hourMs;
      return struck({ kind, atMs: out.fromMs, withinMs, overMs: foundMs + hourMs }, [
        { fromMs: out.fromMs, untilMs: foundMs, where: 'out', everyMinutes: 0 },
      ]);
    }
    case 'restless-night':
      // The day is lived with such a night; nothing is cut.
      return {
        stays: [...stays],
        label: { kind, atMs: at(24), withinMs: 5 * hourMs, overMs: at(31) },
        hospital: null,
        isDoorOpen: false,
      };
    case 'door-left-open': {
      const out = some(({ where, fromMs }) => where === 'out' && fromMs < at(18));
      if (!out) return null;
      const atMs = out.untilMs;
      const overMs = atMs + between(random, 2, 3) * hourMs;
      return {
        stays: [...stays],
        label: { kind, atMs, withinMs: within.door * hourMs, overMs },
        hospital: null,
        isDoorOpen: true,
      };
    }
  }
}

/** The stays up to an instant. */
export function cut(stays: readonly Stay[], atMs: number): Stay[] {
  return stays
    .filter(({ fromMs }) => fromMs < atMs)
    .map((stay) => ({ ...stay, untilMs: Math.min(stay.untilMs, atMs) }));
}
