import { alarmKinds } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';
import type { CaseNumbers } from '@carebell/contracts/report.ts';
import type { Entry } from './journal.ts';

/** One alarm as its entries tell it. */
export type Case = {
  id: string;
  stationId: string | null;
  residentId: string | null;
  deviceId: string;
  kind: AlarmKind;
  isDrill: boolean;
  isTest: boolean;
  pressed: number;
  received: number;
  stored: number;
  displayed?: number;
  answered?: number;
  there?: number;
  closed?: { at: number; disposition: string };
  /** Every closing, also those that were taken back. */
  closings: { at: number; disposition: string }[];
  missed: string[];
  score?: number | 'nothing said';
};

const presence = new Set(['on-site', 'help-needed', 'done']);
const helped = new Set([
  'helped-by-phone',
  'helped-on-site',
  'ambulance-called',
  'fire-service-called',
  'police-called',
  'service-arranged',
]);

export function casesIn(entries: readonly Entry[]): Case[] {
  const cases = new Map<string, Case>();
  for (const { alarmId, stationId, residentId, atMs, step, body } of entries) {
    const id = alarmId ?? '';
    if (step === 'raised') {
      cases.set(id, {
        id,
        stationId,
        residentId,
        deviceId: String(body['deviceId']),
        kind: body['kind'] as AlarmKind,
        isDrill: body['drill'] !== undefined,
        isTest: body['test'] !== undefined,
        pressed: Number(body['pressedAtMs']),
        received: Number(body['receivedAtMs']),
        stored: atMs,
        closings: [],
        missed: [],
      });
      continue;
    }
    const one = cases.get(id);
    if (one) note(one, step, atMs, body);
  }
  return [...cases.values()];
}

function note(one: Case, step: string, atMs: number, body: Record<string, unknown>): void {
  if (step === 'lifted') one.kind = body['kind'] as AlarmKind;
  if (step === 'taken-as-real') one.isTest = false;
  if (step === 'displayed') one.displayed ??= atMs;
  if (step === 'acknowledged') one.answered ??= atMs;
  if (step === 'acknowledgement-expired') delete one.answered;
  if (step === 'responder-reported' && presence.has(String(body['report']))) one.there ??= atMs;
  if (step === 'deadline-missed') one.missed.push(`${String(body['deadline'])} ${String(body['reason'])}`);
  if (step === 'closed') {
    one.closed = { at: atMs, disposition: String(body['disposition']) };
    one.closings.push(one.closed);
  }
  if (step === 'reopened') {
    delete one.closed;
    delete one.score;
  }
  if (step === 'resident-asked' && body['result'] !== 'not-reached')
    one.score = typeof body['score'] === 'number' ? body['score'] : 'nothing said';
}

/** The numbers of these cases at an instant, in the shape in which the hub tells them. */
export function countCases(all: readonly Case[], nowMs: number, reviewed: ReadonlySet<string>): CaseNumbers {
  const answerable = all.filter(({ kind, isDrill }) => !isDrill && alarmKinds[kind].priority !== 'technical');
  const isTest = ({ isTest: inTestMode, closed }: Case): boolean =>
    inTestMode || closed?.disposition === 'test';
  const cases = answerable.filter((one) => !isTest(one));
  const portion = (of: number, met: number) => ({ of, met, share: of === 0 ? null : met / of });
  const within = (ms: number) => {
    const over = cases.filter(({ answered, pressed }) => answered !== undefined || nowMs - pressed > ms);
    return portion(
      over.length,
      over.filter(({ answered, pressed }) => answered !== undefined && Math.max(0, answered - pressed) <= ms)
        .length,
    );
  };
  const isLateThere = ({ missed }: Case): boolean => missed.some((why) => why.startsWith('on-site '));
  const went = cases.filter((one) => one.there !== undefined || isLateThere(one));
  const toReview = cases.filter(({ missed, closed }) => missed.length > 0 && closed !== undefined);
  const toAsk = cases.filter(({ closed }) => closed !== undefined && helped.has(closed.disposition));
  const scores = toAsk.flatMap(({ score }) => (typeof score === 'number' ? [score] : []));
  const tally = (words: readonly string[]) => {
    const counts = new Map<string, number>();
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    return [...counts];
  };
  return {
    cases: cases.length,
    open: cases.filter(({ closed }) => closed === undefined).length,
    tests: answerable.length - cases.length,
    within60s: within(60_000),
    within180s: within(180_000),
    onSite: portion(went.length, went.filter((one) => !isLateThere(one)).length),
    reviews: portion(toReview.length, toReview.filter(({ id }) => reviewed.has(id)).length),
    falseAlarms: cases.filter(({ closed }) => closed?.disposition === 'false-alarm').length,
    satisfaction: {
      asked: portion(toAsk.length, toAsk.filter(({ score }) => score !== undefined).length),
      answers: scores.length,
      mean: scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length,
    },
    hops: hopsOf(cases),
    missed: tally(cases.flatMap(({ missed }) => missed)).map(([why, count]) => {
      const [deadline = '', reason = ''] = why.split(' ');
      return { deadline, reason, count };
    }) as CaseNumbers['missed'],
    dispositions: Object.fromEntries(tally(cases.flatMap(({ closed }) => closed?.disposition ?? []))),
  };
}

function hopsOf(cases: readonly Case[]): CaseNumbers['hops'] {
  const ways: Record<string, (one: Case) => [number | undefined, number | undefined]> = {
    received: (one) => [one.pressed, one.received],
    stored: (one) => [one.received, one.stored],
    displayed: (one) => [one.stored, one.displayed],
    acknowledged: (one) => [one.displayed ?? one.stored, one.answered],
    closed: (one) => [one.answered, one.closed?.at],
    answered: (one) => [one.pressed, one.answered],
    'on-site': (one) => [one.pressed, one.there],
  };
  const hops = Object.entries(ways).flatMap(([name, ends]) => {
    const times = cases
      .flatMap((one) => {
        const [from, to] = ends(one);
        return from === undefined || to === undefined ? [] : [Math.max(0, to - from)];
      })
      .toSorted((a, b) => a - b);
    // The least time that at least this part of all does not exceed.
    const at = (part: number): number => times.find((_, index) => index + 1 >= part * times.length) ?? 0;
    const { length: count } = times;
    if (count === 0) return [];
    return [[name, { count, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), maxMs: at(1) }]];
  });
  return Object.fromEntries(hops) as CaseNumbers['hops'];
}
