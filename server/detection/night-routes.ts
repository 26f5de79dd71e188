import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { nightCourseSchema, nightSchema } from '@carebell/contracts/night.ts';
import type { NightResident } from '@carebell/contracts/night.ts';
import type { FastifyRequest } from 'fastify';
import { instant } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { zoneOffsetMs } from '../history/local-time.ts';
import type { HistoryPort, Point } from '../history/history-port.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { refusal } from '../http-api/problems.ts';
import { idParams } from '../http-api/route-parts.ts';
import { maskName, readsMasked } from '../identity/masking.ts';
import { visible } from '../resident/registry-answers.ts';
import type { RegistryReads } from '../resident/registry-reads.ts';
import type { CareBedReads } from '../care-bed/care-bed-reads.ts';
import type { DetectionReads, Sleeper } from './detection-reads.ts';
import { beforeNightMs, courseKinds, courseOf, motionSpanMs, nightAround } from './night-course.ts';
import { byNeed, isWatchedAtNight, nightState } from './night-state.ts';
import { isSeeing } from './sight.ts';
import { sleepersWithRules } from './sleepers-with-rules.ts';

/** A page of the night watch; a station with more shows those who are out of bed. */
const residentsAtMost = 300;
const pointsAtOnce = 2_000;
const pointsAtMost = 20_000;
/** The hub notes once a minute that it looks at what sensors say. */
const behindFromMs = 150_000;

export type NightRoutePorts = {
  authorization: Authorization;
  clock: Pick<Clock, 'now'>;
  timeZone: string;
  reads: {
    registry: Pick<RegistryReads, 'organisation'>;
    detection: DetectionReads;
    careBeds: Pick<CareBedReads, 'openAt'>;
  };
  history: Pick<HistoryPort, 'read' | 'series'>;
  openAlarms: (organisationId: string) => AlarmView[];
};
type ById = FastifyRequest<{ Params: { id: string } }>;

/** Who of a station is where tonight, and what they did since the evening. */
export function nightRoutes(ports: NightRoutePorts): RouteGroup {
  const { authorization, clock, timeZone, reads, history, openAlarms } = ports;
  const { requires, userOf, scopeOf } = authorization;
  const tags = ['rules'];
  const zone = (atMs: number): number => zoneOffsetMs(timeZone, atMs);

  async function stationOf(request: ById) {
    const { id } = request.params;
    const organisation = visible(await reads.registry.organisation(id), scopeOf(request), id);
    if (organisation.level !== 'station')
      throw refusal('invalid-request', 'Name a station: the night watch is of one station at a time.');
    return organisation;
  }

  /** Those whom the night watch looks at, each with the rules that hold for them. */
  async function watchedAt(stationId: string) {
    const place = { stationId, nowMs: clock.now(), atMost: residentsAtMost };
    const [{ sleepers, isCut }, careBeds] = await Promise.all([
      sleepersWithRules(reads.detection, place),
      reads.careBeds.openAt(stationId),
    ]);
    const watched = sleepers.flatMap(({ sleeper, rules }) => {
      const { residentId, riskGroups, watch } = sleeper;
      const careBedId = careBeds.get(residentId);
      const seeing = Object.values(watch?.sensors ?? {}).filter(isSeeing).length;
      const isWatched = careBedId !== undefined || isWatchedAtNight(riskGroups, rules, seeing);
      return isWatched ? [{ sleeper, rules, careBedId }] : [];
    });
    return { watched, isCut };
  }

  async function pointsOf(stationId: string, span: { fromMs: number; toMs: number }) {
    const points: Point[] = [];
    for (;;) {
      const found = await history.read({
        measurement: 'event',
        filter: { stations: [stationId], kinds: courseKinds },
        ...span,
        order: 'oldest',
        after: points.at(-1),
        limit: pointsAtOnce,
      });
      points.push(...found);
      if (found.length < pointsAtOnce) return { points, isCut: false };
      if (points.length >= pointsAtMost) return { points, isCut: true };
    }
  }

  return (app) => {
    app.get(
      '/organisations/:id/night',
      {
        preParsing: requires('resident.read'),
        schema: {
          tags,
          summary: 'The night watch of a station: who is in bed, up, out, or not to be seen',
          params: idParams,
          response: { 200: nightSchema, ...problemResponses },
        },
      },
      async (request) => {
        const { id, name } = await stationOf(request);
        const [{ watched, isCut }, hub] = await Promise.all([watchedAt(id), reads.detection.hubLife()]);
        const nowMs = clock.now();
        const alarms = Map.groupBy(openAlarms(id), ({ residentId }) => residentId ?? '');
        const isMasked = readsMasked(userOf(request).role);
        const residents = watched.map(({ sleeper, rules, careBedId }): NightResident => {
          const { residentId, absences, watch, address } = sleeper;
          const surroundings = { rules, zone, absences, hubGaps: hub.gaps, buttonId: null };
          return {
            residentId,
            name: isMasked ? maskName(sleeper.name) : sleeper.name,
            address,
            ...(careBedId === undefined ? {} : { careBedId }),
            ...nightState(watch, surroundings, nowMs),
            alarms: (alarms.get(residentId) ?? []).map(alarmOf),
          };
        });
        return {
          organisationId: id,
          organisationName: name,
          at: instant(nowMs),
          timeZone,
          isBehind: hub.aliveMs === null || nowMs - hub.aliveMs > behindFromMs,
          isCut,
          residents: residents.toSorted(byNeed),
        };
      },
    );
    app.get(
      '/organisations/:id/night/course',
      {
        preParsing: requires('history.read'),
        schema: {
          tags,
          summary: 'The night of each resident of the night watch: bed, movement and doors since 20:00',
          params: idParams,
          response: { 200: nightCourseSchema, ...problemResponses },
        },
      },
      async (request) => {
        const { id } = await stationOf(request);
        const nowMs = clock.now();
        const night = nightAround(nowMs, zone);
        const toMs = Math.min(night.untilMs, nowMs + 1);
        const filter = { stations: [id], kinds: ['motion.detected'] };
        const [{ watched, isCut }, hub, sensors, told, motion] = await Promise.all([
          watchedAt(id),
          reads.detection.hubLife(),
          reads.detection.nightSensors(id),
          pointsOf(id, { fromMs: night.fromMs - beforeNightMs, toMs }),
          history.series({
            measurement: 'event',
            filter,
            fromMs: night.fromMs,
            toMs,
            aggregate: 'count',
            field: 'seq',
            everyMs: motionSpanMs,
            zoneMs: zone(nowMs),
            groupBy: ['device'],
          }),
        ]);
        const sleepers: Sleeper[] = watched.map(({ sleeper }) => sleeper);
        const surrounding = { night, nowMs, hubGaps: hub.gaps };
        return {
          timeZone,
          from: instant(night.fromMs),
          to: instant(night.untilMs),
          isCut: isCut || told.isCut,
          residents: courseOf(sleepers, sensors, { points: told.points, motion }, surrounding),
        };
      },
    );
  };
}

function alarmOf({ id, kind, priority, phase }: AlarmView): NightResident['alarms'][number] {
  return { id, kind, priority, isAnswered: phase !== 'raised' };
}
