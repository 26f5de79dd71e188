import type { AbsenceKind } from '@carebell/contracts/absence.ts';
import type {
  VisitCause,
  VisitFrequency,
  VisitKind,
  VisitSettings,
} from '@carebell/contracts/visit-frequencies.ts';
import type { DuePhase, EscalationTier, NotMetReason } from '@carebell/contracts/visits.ts';
import { periodAround, periodAt, periodName } from './period.ts';
import type { Period } from './period.ts';

/** One visit that is, or was, owed to a resident. Instants are milliseconds since the epoch; `untilMs` is not included. */
export type Owed = {
  /** `null` until it is stored. */
  id: string | null;
  cause: VisitCause;
  /** The first day of its period, or what happened: a resident has one of each cause and `ref`. */
  ref: string;
  fromMs: number;
  untilMs: number;
  openedAtMs: number;
  phase: DuePhase;
  /** By which it was done; `null` also of one that a sign of life has done. */
  visitId: string | null;
  kind: VisitKind | null;
  isCheckedIn: boolean;
  /** Of a missed one: when somebody made up for it. */
  settledAtMs: number | null;
  tier: EscalationTier | null;
  /** Why it is excused; `new` of a resident who came with less than a day to go. */
  excuse: AbsenceKind | 'new' | null;
  tries: number;
  whyNot: NotMetReason | null;
  /** The latest sign of life of the resident in its time. */
  signAtMs: number | null;
};

export type MadeVisit = {
  id: string;
  kind: VisitKind;
  isMet: boolean;
  reason: NotMetReason | null;
  isCheckedIn: boolean;
  atMs: number;
};

/** Everything that decides what is owed to one resident. */
export type ResidentWorld = {
  nowMs: number;
  timeZone: string;
  frequency: VisitFrequency;
  settings: Pick<VisitSettings, 'fulfilledBy' | 'afterEventHours' | 'escalateAfterHours'>;
  /** When this was decided last; `null` of a new resident. */
  lookedAtMs: number | null;
  absences: readonly { id: string; kind: AbsenceKind; fromMs: number; untilMs: number }[];
  visits: readonly MadeVisit[];
  signAtMs: number | null;
  /** What is not settled yet, and what may still change by a visit that is told late. */
  owed: readonly Owed[];
};

const hourMs = 3_600_000;
/** Who is at home for less than this of a period is not missed in it: nobody can be sent within the hour. */
const leastHomeMs = 24 * hourMs;
/** Before the end of a period, to know of its last signs of life. */
const lastLookMs = 60_000;
/** A hub that was off for longer begins anew. */
const mostPeriodsBack = 60;

/** What is owed now, and when this must be decided again though nothing happens. Changes nothing that it was given. */
export function decideOwed(world: ResidentWorld): { owed: Owed[]; nextAtMs: number | null } {
  const known = [...world.owed];
  for (const wanted of [...periodsOwed(world), ...returnsOwed(world)])
    if (!known.some(({ cause, ref }) => cause === wanted.cause && ref === wanted.ref)) known.push(wanted);
  const owed = known.map((one) => decided(one, world));
  return { owed, nextAtMs: nextLookMs(owed, world) };
}

/** A visit owed because something serious happened. */
export function owedAfter(ref: string, atMs: number, hours: number): Owed {
  return fresh({ cause: 'after-event', ref, fromMs: atMs, untilMs: atMs + hours * hourMs, openedAtMs: atMs });
}

/** Somebody is to be visited, or was not and has not been since. */
export function isUnsettled({ phase, settledAtMs }: Pick<Owed, 'phase' | 'settledAtMs'>): boolean {
  return phase === 'open' || (phase === 'missed' && settledAtMs === null);
}

/** The period of now, and those that began since the last decision: a hub that was off owes them too. */
function periodsOwed({ frequency, nowMs, lookedAtMs, timeZone }: ResidentWorld): Owed[] {
  if (frequency === 'none') return [];
  const isNew = ({ fromMs }: Period): boolean => lookedAtMs !== null && fromMs > lookedAtMs;
  const current = periodAt(frequency, nowMs, timeZone);
  const periods = [current];
  let before = periodAround(frequency, current.firstDay - 1, timeZone);
  while (isNew(before) && periods.length < mostPeriodsBack) {
    periods.unshift(before);
    before = periodAround(frequency, before.firstDay - 1, timeZone);
  }
  return periods.map((period) =>
    fresh({
      cause: frequency,
      ref: periodName(period),
      fromMs: period.fromMs,
      untilMs: period.untilMs,
      openedAtMs: isNew(period) ? period.fromMs : nowMs,
    }),
  );
}

/** Whoever came back from hospital since the last decision. */
function returnsOwed({ absences, lookedAtMs, nowMs, owed, frequency, settings }: ResidentWorld): Owed[] {
  if (lookedAtMs === null || frequency === 'none') return [];
  return absences
    .filter(
      ({ kind, untilMs, fromMs }) =>
        kind === 'in-hospital' && untilMs > fromMs && untilMs > lookedAtMs && untilMs <= nowMs,
    )
    .filter(({ untilMs }) => !isOwedAfterEventAt(owed, untilMs))
    .map(({ id, untilMs }) => owedAfter(`absence:${id}`, untilMs, settings.afterEventHours));
}

/** A second event joins the visit that is owed for the first: it does not put it off. */
export function isOwedAfterEventAt(owed: readonly Owed[], atMs: number): boolean {
  return owed.some(
    ({ cause, phase, fromMs, untilMs }) =>
      cause === 'after-event' && phase === 'open' && fromMs <= atMs && atMs < untilMs,
  );
}

function decided(one: Owed, world: ResidentWorld): Owed {
  const { nowMs, visits, settings, signAtMs } = world;
  const { fromMs, untilMs } = one;
  const within = visits.filter(({ atMs }) => atMs >= fromMs && atMs < untilMs);
  const tried = within.filter(({ isMet }) => !isMet).toSorted((a, b) => a.atMs - b.atMs);
  const sign = signAtMs !== null && signAtMs >= fromMs && signAtMs < untilMs ? signAtMs : one.signAtMs;
  const seen: Owed = {
    ...one,
    tries: tried.length,
    whyNot: tried.at(-1)?.reason ?? null,
    signAtMs: sign,
  };
  if (one.phase === 'done') {
    // A press of the button may become known after the visit itself.
    const made = visits.find(({ id }) => id === one.visitId);
    return made ? { ...seen, isCheckedIn: made.isCheckedIn } : seen;
  }
  const counted = settings.fulfilledBy[one.cause];
  const visit = within
    .filter(({ isMet, kind }) => isMet && counted.includes(kind))
    .toSorted((a, b) => a.atMs - b.atMs)[0];
  if (visit) {
    const { id: visitId, kind, isCheckedIn, atMs } = visit;
    return {
      ...notOverdue(seen),
      phase: 'done',
      visitId,
      kind,
      isCheckedIn,
      settledAtMs: atMs,
      excuse: null,
    };
  }
  if (isGivenUp(one, world)) return { ...notOverdue(seen), phase: 'dropped', excuse: null };
  if (counted.includes('sensor') && sign !== null)
    return { ...notOverdue(seen), phase: 'done', kind: 'sensor', settledAtMs: sign, excuse: null };
  if (one.phase === 'missed') return missed(seen, world);
  const excuse = excuseOf(one, world);
  if (excuse !== null) return { ...seen, phase: 'excused', excuse };
  return nowMs < untilMs
    ? { ...seen, phase: 'open', excuse: null }
    : missed({ ...seen, phase: 'missed', excuse: null }, world);
}

const notOverdue = (one: Owed): Owed => ({ ...one, tier: null });

/** The resident is visited at another frequency now, or not at all. What was missed stays missed. */
function isGivenUp({ cause, phase, untilMs }: Owed, { frequency, nowMs }: ResidentWorld): boolean {
  if (phase === 'missed' || nowMs >= untilMs) return phase === 'dropped';
  return cause === 'after-event' ? phase === 'dropped' : cause !== frequency;
}

/** Why a visit could not be made: the resident is away, or is at home for less than a day of the period. */
function excuseOf({ cause, fromMs, untilMs, openedAtMs }: Owed, world: ResidentWorld): Owed['excuse'] {
  const { nowMs, absences } = world;
  const atMs = Math.min(nowMs, untilMs - 1);
  const away = absences.filter(({ kind }) => kind !== 'carer-present');
  const running = away.find((absence) => absence.fromMs <= atMs && atMs < absence.untilMs);
  if (running) return running.kind;
  if (nowMs < untilMs || cause === 'after-event') return null;
  const back = away
    .filter(
      (absence) => absence.untilMs > fromMs && absence.untilMs <= untilMs && absence.untilMs > absence.fromMs,
    )
    .toSorted((a, b) => b.untilMs - a.untilMs)[0];
  if (back && untilMs - back.untilMs < leastHomeMs) return back.kind;
  return untilMs - openedAtMs < leastHomeMs ? 'new' : null;
}

function missed(one: Owed, { nowMs, visits, settings, frequency, absences }: ResidentWorld): Owed {
  if (one.settledAtMs !== null) return notOverdue(one);
  const later = visits.filter(
    ({ isMet, kind, atMs }) => isMet && atMs >= one.untilMs && settings.fulfilledBy[one.cause].includes(kind),
  );
  if (later.length > 0)
    return { ...notOverdue(one), settledAtMs: Math.min(...later.map(({ atMs }) => atMs)) };
  if (frequency === 'none') return { ...notOverdue(one), settledAtMs: nowMs };
  const isAway = absences.some(
    ({ kind, fromMs, untilMs }) => kind !== 'carer-present' && fromMs <= nowMs && nowMs < untilMs,
  );
  if (isAway && one.tier !== null) return one;
  const { street, district } = settings.escalateAfterHours;
  const lateMs = nowMs - one.untilMs;
  const tier = lateMs >= district * hourMs ? 'district' : lateMs >= street * hourMs ? 'street' : 'station';
  return { ...one, tier };
}

function nextLookMs(owed: readonly Owed[], world: ResidentWorld): number | null {
  const { nowMs, absences, settings, frequency, timeZone } = world;
  const unsettled = owed.filter((one) => isUnsettled(one) || one.phase === 'excused');
  const times = unsettled.flatMap(({ phase, untilMs }) =>
    phase === 'missed'
      ? [settings.escalateAfterHours.street, settings.escalateAfterHours.district].map(
          (hours) => untilMs + hours * hourMs,
        )
      : [untilMs - lastLookMs, untilMs],
  );
  if (frequency !== 'none') times.push(periodAt(frequency, nowMs, timeZone).untilMs);
  for (const { fromMs, untilMs } of absences) times.push(fromMs, untilMs);
  const coming = times.filter((atMs) => atMs > nowMs);
  return coming.length === 0 ? null : Math.min(...coming);
}

function fresh(span: Pick<Owed, 'cause' | 'ref' | 'fromMs' | 'untilMs' | 'openedAtMs'>): Owed {
  return {
    ...span,
    id: null,
    phase: 'open',
    visitId: null,
    kind: null,
    isCheckedIn: false,
    settledAtMs: null,
    tier: null,
    excuse: null,
    tries: 0,
    whyNot: null,
    signAtMs: null,
  };
}
