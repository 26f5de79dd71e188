import type { RuleTrial, TrialFinding } from '@carebell/contracts/detection.ts';
import type { Finding } from './engine.ts';
import type { ZoneMs } from './wall-clock.ts';

type Counted = { found: number; foundNow: number };
type Of = Pick<TrialFinding, 'residentId' | 'residentName'>;
type Found = { of: Of & Pick<TrialFinding, 'isFoundNow'>; finding: Finding };

/** Counts what two sets of rules find, by rule and by day of the clock on the wall. */
export function createTally(zone: ZoneMs) {
  const byRule = new Map<string, Counted>();
  const byDay = new Map<string, Counted>();
  const found: Found[] = [];
  const lost: Found[] = [];

  function count(finding: Finding, as: keyof Counted): void {
    const day = new Date(finding.noticedMs + zone(finding.noticedMs)).toISOString().slice(0, 10);
    for (const [counts, key] of [
      [byRule, finding.ruleId],
      [byDay, day],
    ] as const) {
      const known = counts.get(key) ?? { found: 0, foundNow: 0 };
      known[as] += 1;
      counts.set(key, known);
    }
  }

  return {
    enter(of: Of, now: readonly Finding[], then: readonly Finding[]): void {
      const [known, next] = [new Set(now.map(caseOf)), new Set(then.map(caseOf))];
      for (const finding of now) {
        count(finding, 'foundNow');
        if (!next.has(caseOf(finding))) lost.push({ of: { ...of, isFoundNow: true }, finding });
      }
      for (const finding of then) {
        count(finding, 'found');
        found.push({ of: { ...of, isFoundNow: known.has(caseOf(finding)) }, finding });
      }
    },
    told(): Pick<RuleTrial, 'byRule' | 'byDay'> & { found: Found[]; lost: Found[] } {
      return {
        found,
        lost,
        byRule: [...byRule].map(([ruleId, counts]) => ({ ruleId, ...counts })),
        byDay: [...byDay]
          .map(([day, counts]) => ({ day, ...counts }))
          .toSorted((a, b) => a.day.localeCompare(b.day)),
      };
    },
  };
}

/** The same rule about the same silence, opening or day. */
function caseOf({ ruleId, sinceMs }: Finding): string {
  return `${ruleId} ${sinceMs}`;
}
