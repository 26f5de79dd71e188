import type { EventKind } from '@carebell/contracts/event-kinds.ts';
import { dayMs, planDay } from '../home/day-plan.ts';
import type { DayAct } from '../home/day-plan.ts';
import { seededRandom } from '../random.ts';
import { copiesOf, membersOf } from './members.ts';
import type { Member } from './members.ts';
import type { Scenario, Step } from './scenario-schema.ts';

/** One thing that happens to one member. `number` counts the events of a scenario, in their order. */
export type Act = {
  /** From the beginning of the scenario. */
  atMs: number;
  mark?: string;
  once?: { alarm: string; of: string };
} & (
  | {
      does: 'event';
      to: Member;
      number: number;
      kind: EventKind;
      data?: Record<string, unknown>;
      clockErrorMs?: number;
    }
  | { does: 'reading'; to: Member; reading: Record<string, number> }
  | { does: 'cut' | 'off' | 'on'; to: Member }
  | { does: 'acknowledge' | 'close'; to: Member; alarm: string }
);

const kindOfAct: Record<DayAct['act'], EventKind> = {
  open: 'door.opened',
  close: 'door.closed',
  move: 'motion.detected',
  'enter-bed': 'bed.entered',
  'leave-bed': 'bed.left',
};
/** A motion sensor says that nothing moves any more after so long. */
const stillAfterMs = 60_000;

/** All that happens, in order. The same scenario, seed and hour of the day always give the same plan. */
export function planScenario(scenario: Scenario, seed: string, timeOfDayMs: number): Act[] {
  const acts = scenario.steps.flatMap((step, index) =>
    'day' in step
      ? dayOf(scenario, step, `${seed}:${scenario.name}:${index}`, timeOfDayMs)
      : actsOf(scenario, step, `${seed}:${scenario.name}:${index}`),
  );
  let number = 0;
  return acts
    .toSorted((a, b) => a.atMs - b.atMs)
    .map((act) => (act.does === 'event' ? { ...act, number: (number += 1) } : act));
}

function actsOf(scenario: Scenario, step: Exclude<Step, { day: string }>, seed: string): Act[] {
  const random = seededRandom(seed);
  const { at, spread = 0, repeat = { every: 0, times: 1 }, mark, once } = step;
  const acts: Act[] = [];
  for (let turn = 0; turn < repeat.times; turn += 1) {
    for (const to of membersOf(scenario, 'device' in step ? step.device : step.of)) {
      const atMs = Math.round(at + turn * repeat.every + random() * spread);
      const moment = {
        atMs,
        ...(mark === undefined ? {} : { mark }),
        ...(once === undefined ? {} : { once }),
      };
      acts.push({ ...moment, ...deedOf(step, to) });
    }
  }
  return acts;
}

type Deed = Act extends infer A ? (A extends Act ? Omit<A, 'atMs' | 'mark' | 'once'> : never) : never;

function deedOf(step: Exclude<Step, { day: string }>, to: Member): Deed {
  if ('operator' in step) return { does: step.operator, to, alarm: step.alarm };
  if ('reading' in step) return { does: 'reading', to, reading: step.reading };
  if ('link' in step) return { does: step.link, to };
  const { event, data, clock } = step;
  return {
    does: 'event',
    to,
    number: 0,
    kind: event,
    ...(data === undefined ? {} : { data }),
    ...(clock === undefined ? {} : { clockErrorMs: clock }),
  };
}

/** A part of the days that go on around the clock, so that the nights of the scenario are nights at the hub. */
function dayOf(
  scenario: Scenario,
  { at, day, for: lengthMs }: Extract<Step, { day: string }>,
  seed: string,
  timeOfDayMs: number,
): Act[] {
  const devices = scenario.residents[day]?.devices ?? {};
  return copiesOf(scenario, day).flatMap((resident) => {
    const random = seededRandom(`${seed}:${resident}`);
    const sensors = Object.entries(devices).map(([id, { type }]) => ({ id, type }));
    const acts: Act[] = [];
    const beginsAt = (timeOfDayMs + at) % dayMs;
    const heldUntil = new Map<string, number>();
    for (let midnight = 0; midnight < beginsAt + lengthMs; midnight += dayMs) {
      for (const { atMs, deviceId, act } of planDay(random, sensors)) {
        const sinceBegin = midnight + atMs - beginsAt;
        if (sinceBegin < 0 || sinceBegin >= lengthMs || sinceBegin < (heldUntil.get(deviceId) ?? 0)) continue;
        const to: Member = { is: 'device', key: `${resident}-${deviceId}`, resident, device: deviceId };
        const event = (kind: EventKind, afterMs: number) =>
          acts.push({ does: 'event', to, number: 0, kind, atMs: at + sinceBegin + afterMs });
        event(kindOfAct[act], 0);
        if (act !== 'move') continue;
        heldUntil.set(deviceId, sinceBegin + stillAfterMs);
        if (sinceBegin + stillAfterMs < lengthMs) event('motion.cleared', stillAfterMs);
      }
    }
    return acts;
  });
}
