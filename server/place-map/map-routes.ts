import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import {
  mapFrameSchema,
  mapPlacesQuerySchema,
  mapPlacesSchema,
  mapStatesSchema,
  outlineBodySchema,
  outlinePositionsAtMost,
  outlineSchema,
  placesAtOnce,
} from '@carebell/contracts/map.ts';
import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import { z } from 'zod';
import { covers, scopeOf as scopeBelow } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import { instant } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../device/directory.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { CarebellApp, RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { notFound } from '../http-api/error-answers.ts';
import { Refusal, refusal } from '../http-api/problems.ts';
import { idParams } from '../http-api/route-parts.ts';
import type { Gate } from '../journal/gate.ts';
import { accepted } from '../resident/registry-answers.ts';
import type { SupervisionReads } from '../supervision/supervision-reads.ts';
import type { MapReads } from './map-reads.ts';
import { statesOf } from './map-states.ts';
import { linesOf, positionsIn } from './outline.ts';

export type MapRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  clock: Pick<Clock, 'now'>;
  directory: Pick<Directory, 'organisation' | 'organisations' | 'device'>;
  reads: { map: MapReads; supervision: Pick<SupervisionReads, 'quiet'> };
  openAlarms: (organisationId: string) => AlarmView[];
  /** The address of map tiles, if the hub's settings allow one. */
  mapTiles: string | null;
};

const tags = ['map'];
/** More silent devices than these are a broken network, and the map says so as well with fewer. */
const silentAtMost = 20_000;

/** Where dwellings and stations stand, and what is there. */
export function mapRoutes(ports: MapRoutePorts): RouteGroup {
  return (app) => {
    addMap(app, ports);
    addOutlines(app, ports);
  };
}

function addMap(app: CarebellApp, ports: MapRoutePorts): void {
  const { authorization, clock, directory, reads, openAlarms, mapTiles } = ports;
  const { requires, scopeOf } = authorization;

  /** The organisation and all below it, if the reader sees it. */
  function part(id: string, own: Scope): Scope {
    const isKnown = id === rootOrganisationId || directory.organisation(id) !== undefined;
    if (!isKnown || !covers(own, id)) throw new Refusal(notFound());
    return scopeBelow(id, directory.organisations());
  }

  app.get(
    '/map/:id',
    {
      preParsing: requires('resident.read'),
      schema: {
        tags,
        summary: 'Stations and outlines on the map of an organisation',
        params: idParams,
        response: { 200: mapFrameSchema, ...problemResponses },
      },
    },
    async (request) => {
      const { id } = request.params;
      const frame = await reads.map.frame(part(id, scopeOf(request)));
      return {
        organisationId: id,
        name: directory.organisation(id)?.name ?? '',
        tiles: mapTiles,
        ...frame,
      };
    },
  );
  app.get(
    '/map/:id/places',
    {
      preParsing: requires('resident.read'),
      schema: {
        tags,
        summary: 'Where its dwellings stand',
        params: idParams,
        querystring: mapPlacesQuerySchema,
        response: { 200: mapPlacesSchema, ...problemResponses },
      },
    },
    async (request) => {
      const scope = part(request.params.id, scopeOf(request));
      const items = await reads.map.places({ scope, after: request.query.cursor ?? '', limit: placesAtOnce });
      return { items, cursor: items.length < placesAtOnce ? null : (items.at(-1)?.[0] ?? null) };
    },
  );
  app.get(
    '/map/:id/states',
    {
      preParsing: requires('resident.read'),
      schema: {
        tags,
        summary: 'At which dwellings there is an alarm, a silent device, or nobody',
        params: idParams,
        response: { 200: mapStatesSchema, ...problemResponses },
      },
    },
    async (request) => {
      const { id } = request.params;
      const scope = part(id, scopeOf(request));
      const stations = scope === 'all' ? scope : [...scope];
      const [quiet, awayFrom] = await Promise.all([
        reads.supervision.quiet(stations, silentAtMost),
        reads.map.awayFrom(scope),
      ]);
      const silentAt = quiet.flatMap(({ of, id: deviceId, hearing }) => {
        if (of === 'gateway' || hearing === 'not-yet') return [];
        const device = directory.device(deviceId);
        if (device === undefined || device.dwellingId === null) return [];
        return { dwellingId: device.dwellingId, address: device.address ?? '' };
      });
      const alarms = openAlarms(id).filter(({ stationId }) => covers(scope, stationId));
      return { at: instant(clock.now()), items: statesOf({ alarms, silentAt, awayFrom }) };
    },
  );
}

function addOutlines(app: CarebellApp, { authorization, commit, reads }: MapRoutePorts): void {
  const { requires, userOf, scopeOf } = authorization;

  app.put(
    '/organisations/:id/outline',
    {
      preParsing: requires('registry.write'),
      schema: {
        tags,
        summary: 'Enter the outline of an organisation as GeoJSON',
        params: idParams,
        body: outlineBodySchema,
        response: { 200: outlineSchema, ...problemResponses },
      },
    },
    async (request) => {
      const { id } = request.params;
      const lines = linesOf(request.body);
      if (positionsIn(lines) > outlinePositionsAtMost)
        throw refusal('invalid-request', `Simplify it to at most ${outlinePositionsAtMost} positions.`);
      const call = { actorId: userOf(request).id, scope: scopeOf(request), id, lines };
      accepted(await commit('putOutline', call));
      return { organisationId: id, lines: (await reads.map.outline(id)) ?? [] };
    },
  );
  app.delete(
    '/organisations/:id/outline',
    {
      preParsing: requires('registry.write'),
      schema: {
        tags,
        summary: 'Take the outline of an organisation away',
        params: idParams,
        response: { 200: z.object({ organisationId: z.string() }), ...problemResponses },
      },
    },
    async (request) => {
      const { id } = request.params;
      const call = { actorId: userOf(request).id, scope: scopeOf(request), id, lines: null };
      accepted(await commit('putOutline', call));
      return { organisationId: id };
    },
  );
}
