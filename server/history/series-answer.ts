import type { HistorySeries, seriesQuerySchema } from '@carebell/contracts/history.ts';
import type { z } from 'zod';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Clock } from '../clock.ts';
import { instant } from '../clock.ts';
import { refusal } from '../http-api/problems.ts';
import { valuesOf } from './activity.ts';
import type { HistoryPort, Measurement, SeriesGroup, TagName } from './history-port.ts';
import { measurementOf, timesOf } from './history-subject.ts';
import type { HistorySubject, WantedSpan } from './history-subject.ts';
import { zoneOffsetMs } from './local-time.ts';
import { spanMs, wholeSpans } from './spans.ts';

const spansAtMost = 5_000;

/** Whole spans of the local clock that hold what was asked for. */
export function spansOf(
  wanted: WantedSpan & { every: string },
  { clock, timeZone }: { clock: Clock; timeZone: string },
  days = 1,
): { fromMs: number; toMs: number; everyMs: number; zoneMs: number } {
  const times = timesOf(wanted, clock.now(), days);
  const everyMs = spanMs(wanted.every);
  const zoneMs = zoneOffsetMs(timeZone, times.toMs);
  const spans = wholeSpans(times, everyMs, zoneMs);
  if ((spans.toMs - spans.fromMs) / everyMs > spansAtMost) {
    const message = `must leave at most ${spansAtMost} spans between "from" and "to"`;
    throw refusal('invalid-request', `Correct "every": it ${message}.`, [{ field: 'every', message }]);
  }
  return { ...spans, everyMs, zoneMs };
}

/** Always there in every point of the measurement, so that counting it counts points. */
const countedField: Partial<Record<Measurement, string>> = {
  event: 'seq',
  availability: 'seq',
  echo: 'seq',
  malformed: 'seq',
  alarm_step: 'seq',
  alarm_response: 'seq',
};
const tagOf: Record<'device' | 'kind' | 'station', TagName> = {
  device: 'device',
  kind: 'kind',
  station: 'station',
};

export async function answerSeries(
  ports: {
    history: Pick<HistoryPort, 'series'>;
    subject: HistorySubject;
    clock: Clock;
    timeZone: string;
  },
  query: z.infer<typeof seriesQuerySchema>,
  scope: Scope,
): Promise<HistorySeries> {
  const measurement = measurementOf[query.stream];
  const field = query.field ?? countedField[measurement];
  if (field === undefined) {
    const message = 'is needed: name a value of this stream, such as "battery"';
    throw refusal('invalid-request', `Correct "field": it ${message}.`, [{ field: 'field', message }]);
  }
  const { groupBy } = query;
  if (groupBy === 'room' && query.aggregate !== 'count' && query.aggregate !== 'sum') {
    const message = 'by room must be "count" or "sum": a room has several devices';
    throw refusal('invalid-request', `Correct "aggregate": it ${message}.`, [
      { field: 'aggregate', message },
    ]);
  }
  const spans = spansOf(query, ports);
  const groups = await ports.history.series({
    measurement,
    filter: await ports.subject.filterOf(query, scope),
    ...spans,
    aggregate: query.aggregate,
    field,
    groupBy: groupBy === 'none' ? [] : [groupBy === 'room' ? 'device' : tagOf[groupBy]],
  });
  const named = groupBy === 'room' ? await ports.subject.byRoom(groups) : groups.map(nameOf);
  return {
    every: query.every,
    from: instant(spans.fromMs),
    to: instant(spans.toMs),
    timeZone: ports.timeZone,
    groups: named.map(({ name, of }) => ({ name: groupBy === 'none' ? null : name, values: valuesOf(of) })),
  };
}

function nameOf(group: SeriesGroup): { name: string; of: SeriesGroup[] } {
  return { name: Object.values(group.tags)[0] ?? '', of: [group] };
}
