import { alarmKinds } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmKind, Priority } from '@carebell/contracts/alarm-kinds.ts';
import type { Disposition } from '@carebell/contracts/dispositions.ts';
import type { DeadlineName, MissReason } from '@carebell/contracts/escalation-steps.ts';
import type { AlarmStep } from '../alarm/alarm-state.ts';
import type { AlarmWay } from '../history/response-times.ts';

/** One step of an alarm as it stands in the journal. */
export type JournalStep = { alarmId: string; stationId: string | null; atMs: number; body: string };

/** What is counted of one case. Every instant is that of the journal, in milliseconds since the epoch. */
export type CaseFacts = AlarmWay & {
  alarmId: string;
  kind: AlarmKind;
  priority: Priority;
  deviceId: string;
  onSiteAtMs: number | null;
  disposition: Disposition | null;
  missed: readonly { deadline: DeadlineName; reason: MissReason }[];
  /** What came of asking the resident afterwards; `null` while nothing has. */
  asked: { score: number | null } | null;
  isDrill: boolean;
  /** It came in test mode, and nobody took it for real. */
  isTestMode: boolean;
  /** A supervisor has looked at why it missed a deadline. */
  isReviewed: boolean;
};

/** The kinds of steps from which the facts follow; the journal is asked for no others. */
export const countedSteps = [
  'raised',
  'lifted',
  'displayed',
  'acknowledged',
  'acknowledgement-expired',
  'responder-reported',
  'deadline-missed',
  'closed',
  'taken-as-real',
  'reopened',
  'resident-asked',
] as const satisfies readonly AlarmStep['step'][];

const reportsThere: ReadonlySet<string> = new Set(['on-site', 'help-needed', 'done']);

/** The facts of a case from its steps, in their order; `undefined` if its beginning is not among them. */
export function factsOf(steps: readonly JournalStep[]): CaseFacts | undefined {
  let facts: CaseFacts | undefined;
  for (const { alarmId, stationId, atMs, body } of steps) {
    const step = JSON.parse(body) as AlarmStep;
    if (step.step === 'raised') facts = begun(step, { alarmId, stationId, atMs });
    else if (facts) facts = { ...facts, ...told(facts, step, atMs) };
  }
  return facts;
}

function begun(
  step: Extract<AlarmStep, { step: 'raised' }>,
  { alarmId, stationId, atMs }: Omit<JournalStep, 'body'>,
): CaseFacts {
  return {
    alarmId,
    stationId,
    deviceId: step.deviceId,
    kind: step.kind,
    priority: alarmKinds[step.kind].priority,
    pressedAtMs: step.pressedAtMs,
    receivedAtMs: step.receivedAtMs,
    storedAtMs: atMs,
    displayedAtMs: null,
    acknowledgedAtMs: null,
    onSiteAtMs: null,
    closedAtMs: null,
    disposition: null,
    missed: [],
    asked: null,
    isDrill: 'drill' in step,
    isTestMode: 'test' in step,
    isReviewed: false,
  };
}

/** What a step says that was not known before. The first answer counts, unless nothing followed and it ended. */
function told(facts: CaseFacts, step: AlarmStep, atMs: number): Partial<CaseFacts> {
  switch (step.step) {
    case 'lifted':
      return { kind: step.kind, priority: alarmKinds[step.kind].priority };
    case 'displayed':
      return { displayedAtMs: facts.displayedAtMs ?? atMs };
    case 'acknowledged':
      return { acknowledgedAtMs: facts.acknowledgedAtMs ?? atMs };
    case 'acknowledgement-expired':
      return { acknowledgedAtMs: null };
    case 'responder-reported':
      return reportsThere.has(step.report) ? { onSiteAtMs: facts.onSiteAtMs ?? atMs } : {};
    case 'deadline-missed':
      return { missed: [...facts.missed, { deadline: step.deadline, reason: step.reason }] };
    case 'closed':
      return { closedAtMs: atMs, disposition: step.disposition };
    case 'taken-as-real':
      return { isTestMode: false };
    case 'reopened':
      return { closedAtMs: null, disposition: null, asked: null };
    case 'resident-asked':
      return step.result === 'not-reached' ? {} : { asked: { score: step.score } };
    default:
      return {};
  }
}
