import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { ReassuranceState } from '@carebell/contracts/event-kinds.ts';
import { membersOf } from './members.ts';
import type { Member } from './members.ts';
import type { Expectation, Scenario } from './scenario-schema.ts';

/** What has been seen so far. Times are by the clock of the machine that plays the scenario. */
export type Seen = {
  nowMs: number;
  startedAtMs: number;
  /** When each mark was reached. */
  marks: ReadonlyMap<string, number>;
  /** When the last step was carried out; absent while there are more. */
  lastStepAtMs: number | undefined;
  alarms: readonly AlarmView[];
  /** Reassurance that a device was told, by its key. */
  told: readonly { key: string; state: ReassuranceState }[];
};

export type Judgement = { state: 'waiting' | 'met' | 'failed'; seen: string; afterMs?: number };

/** Identifiers at the hub of the members of a scenario. */
export type Named = (member: Member) => string;

/** Judges one expectation by what is there now; what is met or failed needs no second look. */
export function judge(scenario: Scenario, expected: Expectation, named: Named, seen: Seen): Judgement {
  if ('noAlarm' in expected) return judgeSilence(scenario, expected, named, seen);
  const since = expected.after === undefined ? seen.startedAtMs : seen.marks.get(expected.after);
  if (since === undefined) {
    return seen.lastStepAtMs === undefined
      ? { state: 'waiting', seen: '' }
      : { state: 'failed', seen: 'the step it counts from was never carried out' };
  }
  const afterMs = seen.nowMs - since;
  const unmet =
    'told' in expected ? untold(scenario, expected, seen) : unraised(scenario, expected, named, seen);
  if (unmet === '' && afterMs <= expected.within) return { state: 'met', seen: '', afterMs };
  if (unmet === '') return { state: 'failed', seen: 'too late', afterMs };
  return afterMs > expected.within ? { state: 'failed', seen: unmet } : { state: 'waiting', seen: unmet };
}

function judgeSilence(
  scenario: Scenario,
  { noAlarm, of, for: forMs }: Extract<Expectation, { noAlarm: string }>,
  named: Named,
  { alarms, lastStepAtMs, nowMs }: Seen,
): Judgement {
  const raised = membersOf(scenario, of)
    .flatMap((member) => alarmsOf(alarms, member, named(member)))
    .find(({ kind }) => noAlarm === 'any' || kind === noAlarm);
  if (raised) return { state: 'failed', seen: `${raised.kind} was raised` };
  const isOver = lastStepAtMs !== undefined && nowMs - lastStepAtMs >= forMs;
  return { state: isOver ? 'met' : 'waiting', seen: '' };
}

function untold(
  scenario: Scenario,
  { told: state, device }: Extract<Expectation, { told: string }>,
  { told }: Seen,
): string {
  const missing = membersOf(scenario, device).filter(
    ({ key }) => !told.some((command) => command.key === key && command.state === state),
  );
  return missing.length === 0 ? '' : `not told: ${missing.map(({ key }) => key).join(', ')}`;
}

/** Empty once every member has its alarms as they should be; otherwise what the first that has not shows instead. */
function unraised(
  scenario: Scenario,
  expected: Extract<Expectation, { alarm: string }>,
  named: Named,
  { alarms }: Seen,
): string {
  for (const member of membersOf(scenario, expected.of)) {
    const own = alarmsOf(alarms, member, named(member));
    const ofKind = own.filter(({ kind }) => kind === expected.alarm);
    const { count = 1 } = expected;
    if (ofKind.length !== count) {
      const others = own.map(({ kind }) => kind).join(', ');
      return `${member.key}: ${ofKind.length} of ${count}${others === '' ? '' : ` (${others})`}`;
    }
    const wrong = ofKind.map((alarm) => differences(alarm, expected)).find((text) => text !== '');
    if (wrong !== undefined) return `${member.key}: ${wrong}`;
  }
  return '';
}

function differences(alarm: AlarmView, expected: Extract<Expectation, { alarm: string }>): string {
  const { priority, phase, presses, isLate, isCleared, escalationSteps } = expected;
  const steps = alarm.escalation?.stepsDone ?? 0;
  return [
    priority !== undefined && alarm.priority !== priority && `priority ${alarm.priority}`,
    phase !== undefined && alarm.phase !== phase && `phase ${alarm.phase}`,
    presses !== undefined && alarm.presses !== presses && `${alarm.presses} presses`,
    isLate !== undefined && alarm.isLate !== isLate && (alarm.isLate ? 'late' : 'not late'),
    isCleared !== undefined &&
      (alarm.cancelledAt !== null) !== isCleared &&
      (isCleared ? 'not cleared' : 'cleared'),
    escalationSteps !== undefined && steps < escalationSteps && `${steps} escalation steps`,
  ]
    .filter((text) => text !== false)
    .join(', ');
}

/** An alarm about a device or gateway stands with it, one about a person with the resident. */
export function alarmsOf(alarms: readonly AlarmView[], member: Member, id: string): AlarmView[] {
  return alarms.filter((alarm) => (member.is === 'resident' ? alarm.residentId : alarm.deviceId) === id);
}
