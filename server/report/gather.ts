import { factsOf } from './case-facts.ts';
import type { CaseFacts } from './case-facts.ts';
import type { ReportReads, StepsQuery } from './report-reads.ts';

const alarmsAtOnce = 500;

/** The facts of all alarms pressed in this time, read page by page, so that no page holds up what comes between. */
export async function gatherFacts(
  reads: ReportReads,
  query: Omit<StepsQuery, 'after' | 'limit'>,
): Promise<CaseFacts[]> {
  const facts: CaseFacts[] = [];
  let after: StepsQuery['after'];
  do {
    const { steps, reviewed, next } = await reads.steps({ ...query, after, limit: alarmsAtOnce });
    for (const own of Map.groupBy(steps, ({ alarmId }) => alarmId).values()) {
      const one = factsOf(own);
      if (one) facts.push({ ...one, isReviewed: reviewed.has(one.alarmId) });
    }
    after = next;
  } while (after !== undefined);
  return facts;
}
