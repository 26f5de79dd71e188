import type { RuleTrial, TrialFinding } from '@carebell/contracts/detection.ts';

/** A finding of the changed rules or of those of now, and which of both it is. */
export type Tried = TrialFinding & { is: 'new' | 'lost' | 'same' };

/** Two answers about different residents as one. */
export function added(a: RuleTrial, b: RuleTrial): RuleTrial {
  return {
    ...b,
    residents: a.residents + b.residents,
    residentsHeard: a.residentsHeard + b.residentsHeard,
    messages: a.messages + b.messages,
    firstMessageAt: earliest(a.firstMessageAt, b.firstMessageAt),
    byRule: summed(a.byRule, b.byRule, ({ ruleId }) => ruleId),
    byDay: summed(a.byDay, b.byDay, ({ day }) => day).toSorted((x, y) => x.day.localeCompare(y.day)),
    findings: latest([...a.findings, ...b.findings]),
    lost: latest([...a.lost, ...b.lost]),
  };
}

/** Everything that was found, by days of the clock on the wall, the latest first. */
export function byDay(
  { findings, lost }: Pick<RuleTrial, 'findings' | 'lost'>,
  dayOf: (instant: string) => string,
): { day: string; tried: Tried[] }[] {
  const all = latest([
    ...findings.map((one): Tried => ({ ...one, is: one.isFoundNow ? 'same' : 'new' })),
    ...lost.map((one): Tried => ({ ...one, is: 'lost' })),
  ]);
  const days = Map.groupBy(all, ({ reason }) => dayOf(reason.noticedAt));
  return [...days].map(([day, tried]) => ({ day, tried }));
}

/** The first so many of them; days of which none is left are left out. */
export function firstOf<T>(days: readonly { day: string; tried: T[] }[], atMost: number) {
  const before = days.map((_, place) =>
    days.slice(0, place).reduce((sum, { tried }) => sum + tried.length, 0),
  );
  return days
    .map(({ day, tried }, place) => ({
      day,
      tried: tried.slice(0, Math.max(0, atMost - (before[place] ?? 0))),
    }))
    .filter(({ tried }) => tried.length > 0);
}

/** How many residents to ask for next, so that an answer takes about as long as a person waits for a sign. */
export function nextAtOnce(atOnce: number, tookMs: number): number {
  const wanted = (atOnce * 1_200) / Math.max(tookMs, 40);
  return Math.max(1, Math.min(40, Math.round(Math.min(wanted, atOnce * 3))));
}

type Counted = { found: number; foundNow: number };

function summed<T extends Counted>(a: readonly T[], b: readonly T[], keyOf: (one: T) => string): T[] {
  const sums = new Map(a.map((one) => [keyOf(one), one]));
  for (const one of b) {
    const known = sums.get(keyOf(one));
    const sum = known && { found: known.found + one.found, foundNow: known.foundNow + one.foundNow };
    sums.set(keyOf(one), { ...one, ...sum });
  }
  return [...sums.values()];
}

function latest<T extends TrialFinding>(findings: readonly T[]): T[] {
  return findings.toSorted((a, b) => b.reason.noticedAt.localeCompare(a.reason.noticedAt));
}

function earliest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
