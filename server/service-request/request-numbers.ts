import type { RequestClock } from '@carebell/contracts/service-kinds.ts';
import { serviceKinds } from '@carebell/contracts/service-kinds.ts';
import type { RequestNumbers, ServiceNumbers } from '@carebell/contracts/service-requests.ts';
import type { RequestFacts } from './request-reads.ts';

/** Counts requests: in time is what did not miss its clock, of those to which it happened or which missed it. */
export function requestNumbers(facts: readonly RequestFacts[]): Pick<RequestNumbers, 'all' | 'byKind'> {
  return {
    all: numbersOf(facts),
    byKind: serviceKinds.map((kind) => ({
      kind,
      numbers: numbersOf(facts.filter((one) => one.kind === kind)),
    })),
  };
}

function numbersOf(facts: readonly RequestFacts[]): ServiceNumbers {
  const count = (is: (one: RequestFacts) => boolean): number => facts.filter(is).length;
  const inTime = (clock: RequestClock, hasHappened: (one: RequestFacts) => boolean) => ({
    met: count((one) => hasHappened(one) && !one.missed.includes(clock)),
    of: count((one) => hasHappened(one) || one.missed.includes(clock)),
  });
  const scores = facts.flatMap(({ score }) => score ?? []);
  const sum = scores.reduce((total, score) => total + score, 0);
  return {
    asked: facts.length,
    byPress: count(({ askedBy }) => askedBy === 'press'),
    byPhone: count(({ askedBy }) => askedBy === 'phone'),
    taken: inTime('taken', ({ isTaken }) => isTaken),
    arranged: inTime('arranged', ({ isArranged }) => isArranged),
    done: count(({ phase }) => phase === 'done'),
    refused: count(({ phase }) => phase === 'refused'),
    cancelled: count(({ phase }) => phase === 'cancelled'),
    open: count(({ phase }) => phase === 'asked' || phase === 'taken' || phase === 'arranged'),
    feedback: {
      mean: scores.length === 0 ? null : Math.round((sum / scores.length) * 100) / 100,
      of: scores.length,
    },
  };
}
