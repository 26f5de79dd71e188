import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Time } from '../time.ts';
import type { AlarmDesk } from './alarm-desk.ts';
import { assembleCast, everybody } from './cast.ts';
import type { Cast } from './cast.ts';
import { alarmsOf, judge } from './judge.ts';
import type { Judgement } from './judge.ts';
import { membersOf } from './members.ts';
import { planScenario } from './plan.ts';
import type { Act } from './plan.ts';
import type { Expectation, Scenario } from './scenario-schema.ts';
import type { TestPlace } from './test-place.ts';

export type ScenarioResult = {
  name: string;
  expectations: { expected: Expectation; judgement: Judgement }[];
  sent: number;
  stored: number;
  /** Why it could not be played to its end. */
  broken?: string;
  durationMs: number;
};

export type RunOptions = {
  hubUrl: string;
  time: Time;
  seed: string;
  /** The script's own pauses are so many times shorter; what the hub waits for is not. */
  speed: number;
  timeZone: string;
  /** Begins every event identifier of the run. */
  runWord: string;
  interrupted: AbortSignal;
  progress(line: string): void;
};

/** A step that waits for an alarm gives it up after this long. */
const onceWithinMs = 150_000;
const lookEveryMs = 100;
const pastInFlight = 12;
/** After the last verdict, for events that are still without an answer. */
const settleWithinMs = 20_000;

/** Plays one scenario with real connections and judges what the hub made of it. */
export async function runScenario(
  scenario: Scenario,
  place: TestPlace,
  desk: AlarmDesk,
  options: RunOptions,
): Promise<ScenarioResult> {
  const { time, seed, interrupted, progress } = options;
  const cast = assembleCast(scenario, place, options);
  const startedAtMs = time.now();
  const marks = new Map<string, number>();
  const verdicts = new Map<Expectation, Judgement>();
  const state: { lastStepAtMs: number | undefined; broken: string | undefined } = {
    lastStepAtMs: undefined,
    broken: undefined,
  };
  const own = everybody(scenario);
  const closeOwn = async (among: readonly AlarmView[]) => {
    for (const alarm of among) {
      const isOurs = own.some((member) => alarmsOf([alarm], member, place.idOf(member)).length > 0);
      if (isOurs && alarm.phase !== 'closed') await desk.close(alarm);
    }
  };
  // A run that was killed left its alarms open, and what happens now would join them.
  await closeOwn(desk.alarms());
  const former = new Set(desk.alarms().map(({ id }) => id));
  const alarms = (): AlarmView[] => desk.alarms().filter(({ id }) => !former.has(id));
  const isOpenEnded = () => scenario.expect.some((expected) => isWaiting(verdicts.get(expected)));

  function look(): void {
    const seen = {
      nowMs: time.now(),
      startedAtMs,
      marks,
      lastStepAtMs: state.lastStepAtMs,
      alarms: alarms(),
      told: cast.told(),
    };
    for (const expected of scenario.expect) {
      if (!isWaiting(verdicts.get(expected))) continue;
      const judgement = judge(scenario, expected, place.idOf, seen);
      verdicts.set(expected, judgement);
      if (judgement.state !== 'waiting')
        progress(`${judgement.state === 'met' ? '✓' : '✗'} ${inWords(expected)}`);
    }
  }

  async function play(): Promise<void> {
    await cast.enter();
    const beganAtMs = time.now();
    const plan = planScenario(scenario, seed, timeOfDay(beganAtMs - scenario.before, options.timeZone));
    let behindMs = 0;
    for (const act of plan) {
      const dueMs = () => beganAtMs + behindMs + Math.max(0, act.atMs - scenario.before) / options.speed;
      while (time.now() < dueMs() && !interrupted.aborted)
        await pause(time, Math.min(lookEveryMs, dueMs() - time.now()));
      // The past goes in its order, whatever device it is of: who hears the evening before the noon takes the noon for silent.
      const unstored = act.atMs < scenario.before ? pastInFlight : scenario.before > 0 ? 0 : Infinity;
      await until(() => cast.sent() - cast.stored() <= unstored, settleWithinMs);
      if (act.once) {
        const waitedSinceMs = time.now();
        const { once } = act;
        const isThere = () =>
          membersOf(scenario, once.of).every((member) =>
            alarmsOf(alarms(), member, place.idOf(member)).some(({ kind }) => kind === once.alarm),
          );
        if (!(await until(isThere))) throw new Error(`no ${once.alarm} of ${once.of} to wait for`);
        behindMs += time.now() - waitedSinceMs;
      }
      if (interrupted.aborted) throw new Error('interrupted');
      await carryOut(act, cast, beganAtMs - scenario.before + act.atMs);
      if (act.mark !== undefined && !marks.has(act.mark)) marks.set(act.mark, time.now());
    }
    state.lastStepAtMs = time.now();
  }

  async function carryOut(act: Act, devices: Cast, pastMs: number): Promise<void> {
    if (act.does !== 'acknowledge' && act.does !== 'close') {
      devices.perform(act, act.atMs < scenario.before ? pastMs : time.now());
      return;
    }
    const found = () =>
      alarmsOf(alarms(), act.to, place.idOf(act.to)).find(
        ({ kind, phase }) => kind === act.alarm && phase !== 'closed',
      );
    await until(() => found() !== undefined);
    const alarm = found();
    if (alarm === undefined) throw new Error(`no ${act.alarm} of ${act.to.key} to ${act.does}`);
    await desk[act.does](alarm);
  }

  async function until(isSo: () => boolean, withinMs = onceWithinMs): Promise<boolean> {
    const endsAtMs = time.now() + withinMs;
    while (!isSo() && time.now() < endsAtMs && !interrupted.aborted) await pause(time, lookEveryMs);
    return isSo();
  }

  const played = play().catch((error: unknown) => {
    state.broken = error instanceof Error ? error.message : String(error);
    state.lastStepAtMs = time.now();
  });
  while (isOpenEnded() && state.broken === undefined && !interrupted.aborted) {
    look();
    await pause(time, lookEveryMs);
  }
  await played;
  if (state.broken === undefined) await until(() => cast.stored() === cast.sent(), settleWithinMs);
  await cast.leave();
  await closeOwn(alarms());
  return {
    name: scenario.name,
    expectations: scenario.expect.map((expected) => ({
      expected,
      judgement: verdicts.get(expected) ?? { state: 'waiting', seen: '' },
    })),
    sent: cast.sent(),
    stored: cast.stored(),
    ...(state.broken === undefined ? {} : { broken: state.broken }),
    durationMs: time.now() - startedAtMs,
  };
}

/** An expectation in one line, as the scenario file says it. */
export function inWords(expected: Expectation): string {
  if ('noAlarm' in expected)
    return `no ${expected.noAlarm === 'any' ? 'alarm' : expected.noAlarm} of ${expected.of}`;
  const by = `within ${expected.within / 1_000} s${expected.after === undefined ? '' : ` of ${expected.after}`}`;
  if ('told' in expected) return `${expected.device} is told ${expected.told} ${by}`;
  const { alarm, of, count, priority, phase, presses, isLate, isCleared, escalationSteps } = expected;
  return [
    `${count === undefined ? '' : `${count} × `}${alarm} of ${of} ${by}`,
    priority,
    phase,
    presses === undefined ? undefined : `${presses} presses`,
    isLate === undefined ? undefined : isLate ? 'late' : 'not late',
    isCleared === undefined ? undefined : isCleared ? 'cleared' : 'not cleared',
    escalationSteps === undefined ? undefined : `${escalationSteps} escalation steps`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

function isWaiting(judgement: Judgement | undefined): boolean {
  return judgement === undefined || judgement.state === 'waiting';
}

function pause(time: Time, ms: number): Promise<void> {
  return new Promise((resolve) => {
    time.after(Math.max(1, ms), resolve);
  });
}

function timeOfDay(atMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(atMs);
  const [hours = 0, minutes = 0, seconds = 0] = parts.split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}
