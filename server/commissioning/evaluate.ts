import type { CheckNeed } from '@carebell/contracts/commissioning-checks.ts';
import type { CheckEvidence } from '@carebell/contracts/commissioning.ts';
import type { JournalEvent } from '@carebell/contracts/http-api.ts';
import { signalIn } from '../evidence/evidence.ts';
import type { CheckRecord } from './commissioning-record.ts';

/** What the hub knows of a device while it is commissioned. Events stand in the order in which they came. */
export type Heard = {
  entries: readonly JournalEvent[];
  /** Its alarms, the first one first. */
  alarms: readonly {
    alarmId: string;
    pressedAtMs: number;
    receivedAtMs: number;
    raisedAtMs: number;
    /** Somebody has answered it, or nobody needs to. */
    isAnswered: boolean;
    /** By a screen of somebody who answers alarms and is not who installs. */
    displayed: { atMs: number; user: string } | null;
  }[];
  /** Commands to tell the resident that the device has carried out. */
  told: readonly { commandId: string; state: string; finishedAtMs: number }[];
  /** As it was reported last, with the device's last sign of life. */
  battery: { percent: number; atMs: number } | null;
  lastSeenAtMs: number | null;
  periodSeconds: number | null;
  /** Milliseconds that the hub last took to write an alarm to its screens; `null` if it has not been measured. */
  feedMs: number | null;
};

export type Stand = {
  isPassed: boolean;
  have: number;
  of: number;
  /** What is waited for; `null` when passed. */
  next: string | null;
  evidence: CheckEvidence;
};

const dayMs = 86_400_000;

/** How far a check has come by what was heard since it began. */
export function evaluate(
  need: CheckNeed,
  { sinceMs, confirmedAtMs }: Pick<CheckRecord, 'sinceMs' | 'confirmedAtMs'>,
  heard: Heard,
): Stand {
  const since = heard.entries.filter(({ receivedAt }) => Date.parse(receivedAt) >= sinceMs);
  switch (need.needs) {
    case 'presses':
      return presses(need, since);
    case 'events':
      return inOrder(need.steps, since);
    case 'battery':
      return battery(need.leastPercent, heard.battery, sinceMs - dayMs);
    case 'reassurance':
      return reassured(heard.told, sinceMs, confirmedAtMs);
    case 'shown':
      return shown(heard, sinceMs);
    case 'alive':
      return alive(since, heard, sinceMs);
  }
}

/** The last ones must be good in a row: a weak one begins the counting anew, once the place or the aerial was changed. */
function presses(
  { kinds, times, leastDbm }: Extract<CheckNeed, { needs: 'presses' }>,
  since: readonly JournalEvent[],
): Stand {
  const wanted: readonly string[] = kinds;
  const echoes = Map.groupBy(
    since.filter(({ type }) => type === 'echo'),
    ({ body }) => echoOf(body),
  );
  const heard = since
    .filter(({ type, kind }) => type === 'event' && kind !== null && wanted.includes(kind))
    .map((event) => {
      const hearings = [event, ...(echoes.get(event.seq) ?? [])];
      const gateways = hearings.flatMap(({ gatewayId, body }) =>
        gatewayId === null ? [] : [{ gatewayId, signal: signalIn(body) }],
      );
      const signals = hearings.flatMap(({ body }) => signalIn(body) ?? []);
      const signal = signals.length === 0 ? null : Math.max(...signals);
      return { at: event.at, signal, gateways, isGood: signal === null || signal >= leastDbm };
    });
  const weakest = heard.findLastIndex(({ isGood }) => !isGood);
  const have = Math.min(times, heard.length - 1 - weakest);
  const isWeak = heard.at(-1)?.isGood === false;
  return {
    isPassed: have >= times,
    have,
    of: times,
    next: have >= times ? null : isWeak ? 'stronger-press' : 'press',
    evidence: heard.length === 0 ? {} : { presses: heard.slice(-2 * times) },
  };
}

function inOrder(steps: readonly (readonly string[])[], since: readonly JournalEvent[]): Stand {
  const events: { at: string; kind: string }[] = [];
  for (const { type, kind, at } of since) {
    const wanted = steps[events.length];
    if (!wanted) break;
    if (type === 'event' && kind !== null && wanted.includes(kind)) events.push({ at, kind });
  }
  return {
    isPassed: events.length === steps.length,
    have: events.length,
    of: steps.length,
    next: steps[events.length]?.[0] ?? null,
    evidence: events.length === 0 ? {} : { events },
  };
}

/** Devices report it seldom: what was heard within the day before counts. */
function battery(leastPercent: number, last: Heard['battery'], fromMs: number): Stand {
  const isKnown = last !== null && last.atMs >= fromMs;
  const isPassed = isKnown && last.percent >= leastPercent;
  return {
    isPassed,
    have: isPassed ? 1 : 0,
    of: 1,
    next: isPassed ? null : isKnown ? 'new-battery' : 'reading',
    evidence: isKnown ? { battery: { percent: last.percent, at: new Date(last.atMs).toISOString() } } : {},
  };
}

function reassured(told: Heard['told'], sinceMs: number, confirmedAtMs: number | null): Stand {
  const done = told.filter(({ finishedAtMs }) => finishedAtMs >= sinceMs);
  const [first] = done;
  const isConfirmed = first !== undefined && confirmedAtMs !== null && confirmedAtMs >= first.finishedAtMs;
  return {
    isPassed: isConfirmed,
    have: (first ? 1 : 0) + (isConfirmed ? 1 : 0),
    of: 2,
    next: first ? (isConfirmed ? null : 'confirmation') : 'press',
    evidence: first
      ? {
          told: {
            at: new Date(first.finishedAtMs).toISOString(),
            state: first.state,
            commandId: first.commandId,
            isConfirmed,
          },
        }
      : {},
  };
}

/** A press that joins an alarm which was shown before shows nothing new: that one must be answered first. */
function shown({ alarms, feedMs }: Heard, sinceMs: number): Stand {
  const own = alarms.filter(({ raisedAtMs }) => raisedAtMs >= sinceMs);
  const alarm = own.find(({ displayed }) => displayed !== null);
  const waiting = alarms.some(({ raisedAtMs, isAnswered }) => raisedAtMs < sinceMs && !isAnswered);
  if (!alarm?.displayed) {
    const next = own.length > 0 ? 'screen' : waiting ? 'answer' : 'alarm';
    return { isPassed: false, have: own.length > 0 ? 1 : 0, of: 2, next, evidence: {} };
  }
  return {
    isPassed: true,
    have: 2,
    of: 2,
    next: null,
    evidence: { shown: wayOf({ ...alarm, displayed: alarm.displayed }, feedMs) },
  };
}

/** Clocks of devices run ahead; no hop takes less than nothing. */
function wayOf(
  alarm: Heard['alarms'][number] & { displayed: { atMs: number; user: string } },
  feedMs: number | null,
): NonNullable<CheckEvidence['shown']> {
  const { alarmId, pressedAtMs, receivedAtMs, raisedAtMs, displayed } = alarm;
  const fedAtMs = feedMs === null ? null : Math.min(displayed.atMs, raisedAtMs + Math.round(feedMs));
  const at = (hop: NonNullable<CheckEvidence['shown']>['hops'][number]['hop'], ms: number, from: number) => ({
    hop,
    at: new Date(ms).toISOString(),
    ms: Math.max(0, ms - from),
  });
  return {
    alarmId,
    user: displayed.user,
    hops: [
      at('press', pressedAtMs, pressedAtMs),
      at('broker', receivedAtMs, pressedAtMs),
      at('journal', raisedAtMs, receivedAtMs),
      ...(fedAtMs === null ? [] : [at('feed', fedAtMs, raisedAtMs)]),
      at('screen', displayed.atMs, fedAtMs ?? raisedAtMs),
    ],
    totalMs: Math.max(0, displayed.atMs - pressedAtMs),
  };
}

function alive(
  since: readonly JournalEvent[],
  { lastSeenAtMs, periodSeconds }: Pick<Heard, 'lastSeenAtMs' | 'periodSeconds'>,
  sinceMs: number,
): Stand {
  const event = since.find(({ type }) => type === 'event');
  const seenMs = event ? Date.parse(event.receivedAt) : lastSeenAtMs;
  const isSeen = seenMs !== null && seenMs >= sinceMs;
  const word = event?.kind ?? 'sign';
  return {
    isPassed: isSeen,
    have: isSeen ? 1 : 0,
    of: 1,
    next: isSeen ? null : 'sign',
    evidence: isSeen ? { alive: { at: new Date(seenMs).toISOString(), word, periodSeconds } } : {},
  };
}

function echoOf(body: unknown): number | null {
  return typeof body === 'object' && body !== null && 'echoOf' in body && typeof body.echoOf === 'number'
    ? body.echoOf
    : null;
}
