import { alarmKinds } from '@carebell/contracts/alarm-kinds.ts';
import type { Case } from './cases.ts';
import type { Records } from './journal.ts';

/** One visit that was owed, and what became of it. */
export type OwedVisit = {
  stationId: string;
  fromMs: number;
  phase: 'done' | 'missed' | 'open' | 'excused';
  kind: string | null;
  isCheckedIn: boolean;
};
export type VisitCounts = {
  due: number;
  done: number;
  missed: number;
  open: number;
  excused: number;
  inPerson: number;
  byPhone: number;
  checkedIn: number;
};

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Nothing had happened after all, or nothing for which somebody is gone to see. */
const harmless = new Set(['false-alarm', 'test', 'equipment-repaired', 'service-arranged']);

/** On a clock that is moved the hub looks at whoever was entered up to so much later. */
const lookedLateMs = 5 * 60_000;

type Life = {
  enteredMs: number;
  visits: ReturnType<Records['visits']>;
  away: ReturnType<Records['absences']>;
};

/**
 * Visits owed under the settings that hold where nobody has entered any: a week for whoever is of a risk group, a day after
 * an emergency, a fall or the return from hospital; in person or by telephone.
 */
export function owedVisits(
  records: Records,
  cases: readonly Case[],
  span: { nowMs: number; beganMs: number; mondays: readonly number[] },
): OwedVisit[] {
  const { nowMs, beganMs, mondays } = span;
  const allVisits = records.visits(nowMs);
  const allAbsences = records.absences().filter(({ setMs }) => setMs <= nowMs);
  return records.residents().flatMap(({ id, stationId, isAtRisk, enteredMs }) => {
    const life: Life = {
      enteredMs,
      visits: allVisits.filter(({ residentId, isMet }) => residentId === id && isMet),
      away: allAbsences.filter(({ residentId, kind }) => residentId === id && kind !== 'carer-present'),
    };
    const weekly = isAtRisk
      ? mondays.map((fromMs) => ({ fromMs, untilMs: fromMs + 7 * dayMs, isWeekly: true }))
      : [];
    const after = eventsOf(id, cases, life, isAtRisk, nowMs);
    return [...weekly, ...after]
      .filter(({ fromMs, untilMs }) => fromMs <= nowMs && untilMs > beganMs)
      .map((owed) => ({ stationId, fromMs: owed.fromMs, ...becameOf(owed, life, nowMs) }));
  });
}

type Span = { fromMs: number; untilMs: number; isWeekly: boolean };

/** Something serious while a visit for the one before is still owed adds none. */
function eventsOf(
  residentId: string,
  cases: readonly Case[],
  life: Life,
  isAtRisk: boolean,
  nowMs: number,
): Span[] {
  const closings = cases
    .filter(
      (one) =>
        one.residentId === residentId &&
        !one.isDrill &&
        !one.isTest &&
        (alarmKinds[one.kind].priority === 'emergency' || alarmKinds[one.kind].group === 'fall'),
    )
    .flatMap((one) => {
      const serious = one.closings.find(({ disposition }) => !harmless.has(disposition));
      const isDropped = one.closed !== undefined && harmless.has(one.closed.disposition);
      return serious ? [{ atMs: serious.at, isDropped }] : [];
    });
  const returns = isAtRisk
    ? life.away
        .filter(({ kind, untilMs }) => kind === 'in-hospital' && untilMs <= nowMs)
        .map(({ untilMs }) => ({ atMs: untilMs, isDropped: false }))
    : [];
  const owed: (Span & { isDropped: boolean })[] = [];
  for (const { atMs, isDropped } of [...closings, ...returns].toSorted((a, b) => a.atMs - b.atMs)) {
    const isOwedAlready = owed.some(
      (before) =>
        before.fromMs <= atMs && atMs < before.untilMs && becameOf(before, life, atMs).phase === 'open',
    );
    if (!isOwedAlready) owed.push({ fromMs: atMs, untilMs: atMs + dayMs, isWeekly: false, isDropped });
  }
  return owed.filter((one) => !one.isDropped);
}

function becameOf(
  { fromMs, untilMs, isWeekly }: Span,
  { visits, away, enteredMs }: Life,
  nowMs: number,
): Pick<OwedVisit, 'phase' | 'kind' | 'isCheckedIn'> {
  const visit = visits.find(({ atMs }) => atMs >= fromMs && atMs < untilMs && atMs <= nowMs);
  if (visit) return { phase: 'done', kind: visit.kind, isCheckedIn: visit.isCheckedIn };
  const atMs = Math.min(nowMs, untilMs - 1);
  const isAway = away.some((absence) => absence.fromMs <= atMs && atMs < absence.untilMs);
  // Back for less than a day of the week.
  const isJustBack =
    isWeekly &&
    nowMs >= untilMs &&
    away.some(
      (absence) =>
        absence.untilMs > fromMs && absence.untilMs <= untilMs && untilMs - absence.untilMs < dayMs,
    );
  const isNew = isWeekly && nowMs >= untilMs && untilMs - enteredMs < dayMs + lookedLateMs;
  const phase = isAway || isJustBack || isNew ? 'excused' : nowMs < untilMs ? 'open' : 'missed';
  return { phase, kind: null, isCheckedIn: false };
}

export function countVisits(owed: readonly OwedVisit[]): VisitCounts {
  const some = (is: (one: OwedVisit) => boolean): number => owed.filter(is).length;
  const [done, missed, open] = (['done', 'missed', 'open'] as const).map((phase) =>
    some((one) => one.phase === phase),
  ) as [number, number, number];
  return {
    due: done + missed + open,
    done,
    missed,
    open,
    excused: some(({ phase }) => phase === 'excused'),
    inPerson: some(({ kind }) => kind === 'in-person'),
    byPhone: some(({ kind }) => kind === 'phone'),
    checkedIn: some(({ kind, isCheckedIn }) => kind === 'in-person' && isCheckedIn),
  };
}
