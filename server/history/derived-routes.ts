import {
  activityQuerySchema,
  activitySchema,
  doorOpeningsSchema,
  nightsQuerySchema,
  nightsSchema,
} from '@carebell/contracts/history.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import { instant } from '../clock.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import { refusal } from '../http-api/problems.ts';
import { activityRows, doorRows, signsOfLife } from './activity.ts';
import type { Point, PointFilter, SeriesGroup } from './history-port.ts';
import type { HistoryRoutePorts } from './history-routes.ts';
import { timesOf } from './history-subject.ts';
import { zoneOffsetMs } from './local-time.ts';
import { nightKinds, nightsOf } from './nights.ts';
import { spansOf } from './series-answer.ts';

const tags = ['history'];
const dayMs = 86_400_000;
const nightsAtMost = 62;
const pointsAtOnce = 2_000;

type Ports = Pick<HistoryRoutePorts, 'authorization' | 'history' | 'subject' | 'clock' | 'timeZone'>;

/** What follows from events of one resident: activity, nights, doors. */
export function derivedRoutes(ports: Ports): RouteGroup {
  const { authorization, history, subject, clock, timeZone } = ports;
  const { requires, scopeOf } = authorization;

  /** Of the resident's own devices, and of those of the dwelling that are nobody's in particular. */
  async function filtersOf(
    residentId: string,
    scope: Scope,
  ): Promise<{ devices: Device[]; filters: PointFilter[] }> {
    const { resident } = await subject.resident(residentId, scope);
    const { own, shared } = await subject.devicesAbout(resident);
    const filters: PointFilter[] = [{ resident: residentId }];
    if (shared.length > 0) filters.push({ devices: shared.map(({ id }) => id), resident: '' });
    return { devices: [...own, ...shared], filters };
  }

  async function counted(
    filters: readonly PointFilter[],
    spans: ReturnType<typeof spansOf>,
    kinds: readonly string[],
  ): Promise<SeriesGroup[]> {
    const groups = await Promise.all(
      filters.map((filter) =>
        history.series({
          measurement: 'event',
          filter: { ...filter, kinds },
          ...spans,
          aggregate: 'count',
          field: 'seq',
          groupBy: ['device', 'kind'],
        }),
      ),
    );
    return groups.flat();
  }

  async function allOf(filter: PointFilter, times: { fromMs: number; toMs: number }): Promise<Point[]> {
    const points: Point[] = [];
    for (;;) {
      const found = await history.read({
        measurement: 'event',
        filter: { ...filter, kinds: nightKinds },
        ...times,
        order: 'oldest',
        after: points.at(-1),
        limit: pointsAtOnce,
      });
      points.push(...found);
      if (found.length < pointsAtOnce) return points;
    }
  }

  return (app) => {
    app.get(
      '/history/activity',
      {
        preParsing: requires('history.read'),
        schema: {
          tags,
          summary: "One resident's signs of life by room and door",
          querystring: activityQuerySchema,
          response: { 200: activitySchema, ...problemResponses },
        },
      },
      async (request) => {
        const { devices, filters } = await filtersOf(request.query.residentId, scopeOf(request));
        const spans = spansOf(request.query, { clock, timeZone });
        const groups = await counted(filters, spans, signsOfLife);
        return { ...spanAnswer(request.query.every, spans), rows: activityRows(devices, groups) };
      },
    );
    app.get(
      '/history/door-openings',
      {
        preParsing: requires('history.read'),
        schema: {
          tags,
          summary: "How often one resident's doors were opened",
          querystring: activityQuerySchema,
          response: { 200: doorOpeningsSchema, ...problemResponses },
        },
      },
      async (request) => {
        const { devices, filters } = await filtersOf(request.query.residentId, scopeOf(request));
        const spans = spansOf(request.query, { clock, timeZone });
        const groups = await counted(filters, spans, ['door.opened']);
        return { ...spanAnswer(request.query.every, spans), doors: doorRows(devices, groups) };
      },
    );
    app.get(
      '/history/nights',
      {
        preParsing: requires('history.read'),
        schema: {
          tags,
          summary: 'Times out of bed and doors opened, night by night',
          querystring: nightsQuerySchema,
          response: { 200: nightsSchema, ...problemResponses },
        },
      },
      async (request) => {
        const { filters } = await filtersOf(request.query.residentId, scopeOf(request));
        const times = timesOf(request.query, clock.now(), 7);
        if (times.toMs - times.fromMs > nightsAtMost * dayMs) {
          throw refusal('invalid-request', `Ask for at most ${nightsAtMost} nights at once.`);
        }
        // A night begins before midnight, so its beginning may lie before the time that was asked for.
        const wider = { fromMs: times.fromMs - dayMs, toMs: times.toMs + dayMs };
        const points = (await Promise.all(filters.map((filter) => allOf(filter, wider)))).flat();
        points.sort((a, b) => a.atMs - b.atMs || a.sub - b.sub);
        const zoneMs = zoneOffsetMs(timeZone, times.toMs);
        return { timeZone, nights: nightsOf(points, { ...times, zoneMs }) };
      },
    );
  };

  function spanAnswer(every: string, { fromMs, toMs }: { fromMs: number; toMs: number }) {
    return { every, from: instant(fromMs), to: instant(toMs), timeZone };
  }
}
