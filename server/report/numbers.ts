import { isAskedAfterwards } from '@carebell/contracts/follow-ups.ts';
import { answerTargets, reportHops } from '@carebell/contracts/report.ts';
import type { CaseNumbers, Portion, ReportHop } from '@carebell/contracts/report.ts';
import { hopsOf, percentileOf } from '../history/response-times.ts';
import type { CaseFacts } from './case-facts.ts';

/** Cases that count: real ones that people answer. A test is known by its disposition, or came in test mode. */
export function isCounted({ isDrill, isTestMode, priority, disposition }: CaseFacts): boolean {
  return !isDrill && !isTestMode && priority !== 'technical' && disposition !== 'test';
}

export function isTest({ isDrill, isTestMode, priority, disposition }: CaseFacts): boolean {
  return !isDrill && priority !== 'technical' && (isTestMode || disposition === 'test');
}

/** How long after the press somebody had it; clocks of devices run ahead, and nobody answers before the press. */
export function answeredAfterMs({ pressedAtMs, acknowledgedAtMs }: CaseFacts): number | null {
  return acknowledgedAtMs === null ? null : Math.max(0, acknowledgedAtMs - pressedAtMs);
}

/** All numbers of these cases at this instant. */
export function numbersOf(facts: readonly CaseFacts[], nowMs: number): CaseNumbers {
  const cases = facts.filter(isCounted);
  return {
    cases: cases.length,
    open: cases.filter(({ closedAtMs }) => closedAtMs === null).length,
    tests: facts.filter(isTest).length,
    within60s: answeredWithin(cases, answerTargets.within60s.withinMs, nowMs),
    within180s: answeredWithin(cases, answerTargets.within180s.withinMs, nowMs),
    onSite: onSiteInTime(cases),
    reviews: reviewsOf(cases),
    falseAlarms: cases.filter(({ disposition }) => disposition === 'false-alarm').length,
    satisfaction: satisfactionOf(cases),
    hops: hopNumbers(cases),
    missed: missedOf(cases),
    dispositions: dispositionsOf(cases),
  };
}

function answeredWithin(cases: readonly CaseFacts[], withinMs: number, nowMs: number): Portion {
  const decided = cases.filter((one) => one.acknowledgedAtMs !== null || nowMs - one.pressedAtMs > withinMs);
  return portion(
    decided.length,
    decided.filter((one) => (answeredAfterMs(one) ?? Number.POSITIVE_INFINITY) <= withinMs).length,
  );
}

/** The deadline is the policy's, and the journal says when it was missed. */
function onSiteInTime(cases: readonly CaseFacts[]): Portion {
  const isMissed = ({ missed }: CaseFacts): boolean => missed.some(({ deadline }) => deadline === 'on-site');
  const gone = cases.filter((one) => one.onSiteAtMs !== null || isMissed(one));
  return portion(gone.length, gone.filter((one) => !isMissed(one)).length);
}

function reviewsOf(cases: readonly CaseFacts[]): Portion {
  const due = cases.filter(({ missed, closedAtMs }) => missed.length > 0 && closedAtMs !== null);
  return portion(due.length, due.filter(({ isReviewed }) => isReviewed).length);
}

function satisfactionOf(cases: readonly CaseFacts[]): CaseNumbers['satisfaction'] {
  const helped = cases.filter(
    ({ priority, disposition, isDrill }) =>
      disposition !== null && isAskedAfterwards({ priority, disposition, isDrill }),
  );
  const scores = helped.flatMap(({ asked }) => asked?.score ?? []);
  return {
    asked: portion(helped.length, helped.filter(({ asked }) => asked !== null).length),
    answers: scores.length,
    mean: scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length,
  };
}

export function portion(of: number, met: number): Portion {
  return { of, met, share: of === 0 ? null : met / of };
}

function hopNumbers(cases: readonly CaseFacts[]): CaseNumbers['hops'] {
  const ways = cases.map((one): Partial<Record<ReportHop, number>> => {
    const { onSiteAtMs, pressedAtMs } = one;
    return {
      ...hopsOf(one),
      ...(onSiteAtMs === null ? {} : { 'on-site': Math.max(0, onSiteAtMs - pressedAtMs) }),
    };
  });
  const hops: CaseNumbers['hops'] = {};
  for (const hop of reportHops) {
    const times = ways.flatMap((way) => way[hop] ?? []).toSorted((a, b) => a - b);
    if (times.length === 0) continue;
    const at = (part: number): number => percentileOf(times, part);
    hops[hop] = { count: times.length, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), maxMs: at(1) };
  }
  return hops;
}

function missedOf(cases: readonly CaseFacts[]): CaseNumbers['missed'] {
  const groups = Map.groupBy(
    cases.flatMap(({ missed }) => missed),
    ({ deadline, reason }) => `${deadline} ${reason}`,
  );
  return [...groups.values()]
    .flatMap(([first, ...rest]) => (first ? [{ ...first, count: rest.length + 1 }] : []))
    .toSorted((a, b) => b.count - a.count || a.deadline.localeCompare(b.deadline));
}

function dispositionsOf(cases: readonly CaseFacts[]): CaseNumbers['dispositions'] {
  const counted: CaseNumbers['dispositions'] = {};
  for (const { disposition } of cases) {
    if (disposition !== null) counted[disposition] = (counted[disposition] ?? 0) + 1;
  }
  return counted;
}
