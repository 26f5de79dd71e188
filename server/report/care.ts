import type { CareNumbers } from '@carebell/contracts/report.ts';
import { visitCauses } from '@carebell/contracts/visit-frequencies.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import { requestNumbers } from '../service-request/request-numbers.ts';
import type { RequestFacts, RequestReads } from '../service-request/request-reads.ts';
import { visitNumbersOf } from '../visit/rate.ts';
import type { RateRow, VisitReads } from '../visit/visit-reads.ts';

/** What a station does beside answering alarms. */
export type CareFacts = { requests: readonly RequestFacts[]; visits: readonly RateRow[] };

export type CareReads = {
  requests: Pick<RequestReads, 'facts'>;
  visits: Pick<VisitReads, 'owedBetween'>;
};

/** Requests asked for in this time, and visits whose time began in it. */
export async function gatherCare(
  reads: CareReads,
  { fromMs, toMs, scope }: { fromMs: number; toMs: number; scope: Scope },
): Promise<CareFacts> {
  const requests = await reads.requests.facts({ fromMs, toMs, scope });
  const visits: RateRow[] = [];
  for (const cause of visitCauses)
    visits.push(...(await reads.visits.owedBetween({ cause, fromMs, untilMs: toMs, scope })));
  return { requests, visits };
}

/** Those of some stations. */
export function careWithin(
  { requests, visits }: CareFacts,
  isWithin: (stationId: string | null) => boolean,
): CareFacts {
  return {
    requests: requests.filter(({ stationId }) => isWithin(stationId)),
    visits: visits.filter(({ stationId }) => isWithin(stationId)),
  };
}

/** The numbers of the whole, and of each organisation over all at and below it. */
export function careOf(
  facts: CareFacts,
  {
    organisations,
    lineageOf,
  }: { organisations: readonly { id: string }[]; lineageOf(stationId: string): readonly { id: string }[] },
): CareNumbers[] {
  const numbersOf = (organisationId: string | null, { requests, visits }: CareFacts): CareNumbers => ({
    organisationId,
    requests: requestNumbers(requests).all,
    visits: visitNumbersOf(visits),
  });
  const isBelow = (id: string) => (stationId: string | null) =>
    stationId !== null && lineageOf(stationId).some((above) => above.id === id);
  return [
    numbersOf(null, facts),
    ...organisations.map(({ id }) => numbersOf(id, careWithin(facts, isBelow(id)))),
  ];
}
