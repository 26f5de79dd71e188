import type { ServiceNumbers } from '@carebell/contracts/service-requests.ts';
import type { Entry } from './journal.ts';

/** One request for a service as its entries tell it. */
export type Asked = {
  stationId: string | null;
  askedMs: number;
  by: string;
  isTest: boolean;
  phase: string;
  isTaken: boolean;
  isArranged: boolean;
  arrangedBy: string | null;
  missed: Set<string>;
  score?: number;
};

const endings = new Set(['done', 'refused', 'cancelled']);

export function requestsIn(entries: readonly Entry[], testAlarms: ReadonlySet<string>): Asked[] {
  const requests = new Map<string, Asked>();
  for (const { stationId, step, body } of entries) {
    const id = String(body['requestId']);
    if (step === 'asked') {
      const alarmId = body['alarmId'];
      requests.set(id, {
        stationId,
        askedMs: Number(body['askedAtMs']),
        by: String(body['askedBy']),
        isTest: typeof alarmId === 'string' && testAlarms.has(alarmId),
        phase: 'open',
        isTaken: false,
        isArranged: false,
        arrangedBy: null,
        missed: new Set(),
      });
      continue;
    }
    const one = requests.get(id);
    if (one === undefined) continue;
    if (step === 'taken' || step === 'taken-over' || step === 'hand-over-accepted') one.isTaken = true;
    if (step === 'arranged') {
      one.isArranged = true;
      one.arrangedBy = providerIn(body);
    }
    // Who had accepted it gives it back.
    if (step === 'offer-refused' && one.arrangedBy !== null && one.arrangedBy === providerIn(body)) {
      one.isArranged = false;
      one.arrangedBy = null;
    }
    if (step === 'missed') one.missed.add(String(body['clock']));
    if (endings.has(step)) one.phase = step;
    if (step === 'feedback') one.score = Number(body['score']);
    if (step === 'reopened') {
      one.phase = 'open';
      one.isArranged = false;
      one.missed.delete('done');
    }
  }
  return [...requests.values()];
}

function providerIn({ provider }: Record<string, unknown>): string | null {
  return typeof provider === 'object' && provider !== null && 'id' in provider ? String(provider.id) : null;
}

export function countRequests(all: readonly Asked[]): ServiceNumbers {
  const asked = all.filter(({ isTest }) => !isTest);
  const some = (is: (one: Asked) => boolean): number => asked.filter(is).length;
  const inTime = (clock: string, happened: (one: Asked) => boolean) => ({
    met: some((one) => happened(one) && !one.missed.has(clock)),
    of: some((one) => happened(one) || one.missed.has(clock)),
  });
  const scores = asked.flatMap(({ score }) => score ?? []);
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return {
    asked: asked.length,
    byPress: some(({ by }) => by === 'press'),
    byPhone: some(({ by }) => by === 'phone'),
    taken: inTime('taken', ({ isTaken }) => isTaken),
    arranged: inTime('arranged', ({ isArranged }) => isArranged),
    done: some(({ phase }) => phase === 'done'),
    refused: some(({ phase }) => phase === 'refused'),
    cancelled: some(({ phase }) => phase === 'cancelled'),
    open: some(({ phase }) => phase === 'open'),
    feedback: { mean: scores.length === 0 ? null : Math.round(mean * 100) / 100, of: scores.length },
  };
}
