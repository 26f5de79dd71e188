import { stationListQuerySchema, pageOf, residentListQuerySchema } from '@carebell/contracts/http-api.ts';
import {
  dwellingPatchSchema,
  dwellingSchema,
  newDwellingSchema,
  newResidentSchema,
  residentPatchSchema,
  residentSchema,
} from '@carebell/contracts/registry.ts';
import type { Dwelling, Resident } from '@carebell/contracts/registry.ts';
import { dwellingResidentsSchema } from '@carebell/contracts/registering.ts';
import type { Role } from '@carebell/contracts/roles.ts';
import type { MedicalViews } from '../audit/medical-views.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { CarebellApp, RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { idParams, pageQueryOf } from '../http-api/route-parts.ts';
import { maskDwelling, maskName, maskResident, readsMasked } from '../identity/masking.ts';
import { may } from '../identity/rights.ts';
import type { AuthenticatedUser } from '../identity/sessions.ts';
import type { Gate } from '../journal/gate.ts';
import { accepted, acceptedChange, visible } from './registry-answers.ts';
import type { RegistryReads } from './registry-reads.ts';

export type RegistryRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  reads: Pick<RegistryReads, 'dwelling' | 'dwellings' | 'resident' | 'residents'>;
  views: MedicalViews;
  /** The open alarm of this resident that this user has. */
  ownAlarm(user: AuthenticatedUser, residentId: string): string | null;
};

export function registryRoutes(ports: RegistryRoutePorts): RouteGroup {
  return (app) => {
    addDwellingRoutes(app, ports);
    addResidentRoutes(app, ports);
  };
}

/** How to get in is read by who enters it; the owner of an open alarm is shown it there, and each view is recorded. */
function shownTo(role: Role, dwelling: Dwelling): Dwelling {
  return may(role, 'registry.write') ? dwelling : maskDwelling(dwelling);
}

function addDwellingRoutes(app: CarebellApp, { authorization, commit, reads }: RegistryRoutePorts): void {
  const { requires, userOf, scopeOf } = authorization;
  const tags = ['dwellings'];

  async function dwelling(id: string, scope: Scope): Promise<Dwelling> {
    const found = await reads.dwelling(id);
    return visible(found, scope, found?.stationId);
  }

  app.get(
    '/dwellings',
    {
      preParsing: requires('registry.read'),
      schema: {
        tags,
        summary: 'List dwellings',
        querystring: stationListQuerySchema,
        response: { 200: pageOf(dwellingSchema), ...problemResponses },
      },
    },
    async (request) => {
      const page = await reads.dwellings({ ...pageQueryOf(request.query), scope: scopeOf(request) });
      return { ...page, items: page.items.map(maskDwelling) };
    },
  );
  app.get(
    '/dwellings/:id',
    {
      preParsing: requires('registry.read'),
      schema: {
        tags,
        summary: 'One dwelling',
        params: idParams,
        response: { 200: dwellingSchema, ...problemResponses },
      },
    },
    async (request) => shownTo(userOf(request).role, await dwelling(request.params.id, scopeOf(request))),
  );
  app.get(
    '/dwellings/:id/residents',
    {
      preParsing: requires('device.write'),
      schema: {
        tags,
        summary:
          'Who lives there, to say whose a device is; the names are masked for who may read no residents',
        params: idParams,
        response: { 200: dwellingResidentsSchema, ...problemResponses },
      },
    },
    async (request) => {
      const scope = scopeOf(request);
      const { id: dwellingId } = await dwelling(request.params.id, scope);
      const { items } = await reads.residents({ scope, dwellingId, limit: 100, after: undefined });
      const isOpen = may(userOf(request).role, 'resident.read');
      return { items: items.map(({ id, name }) => ({ id, name: isOpen ? name : maskName(name) })) };
    },
  );
  app.post(
    '/dwellings',
    {
      preParsing: requires('dwelling.write'),
      schema: {
        tags,
        summary: 'Enter a dwelling',
        body: newDwellingSchema.strict(),
        response: { 201: dwellingSchema, ...problemResponses },
      },
    },
    async (request, reply) => {
      const scope = scopeOf(request);
      const call = { actorId: userOf(request).id, scope, dwelling: request.body };
      const { id } = accepted(await commit('createDwelling', call));
      return reply.code(201).send(shownTo(userOf(request).role, await dwelling(id, scope)));
    },
  );
  app.patch(
    '/dwellings/:id',
    {
      preParsing: requires('registry.write'),
      schema: {
        tags,
        summary: 'Change a dwelling; its devices and gateways go with it to another station',
        params: idParams,
        body: dwellingPatchSchema,
        response: { 200: dwellingSchema, ...problemResponses },
      },
    },
    async (request) => {
      const scope = scopeOf(request);
      const { id } = request.params;
      const { version, ...change } = request.body;
      const call = { actorId: userOf(request).id, scope, id, change, version };
      await acceptedChange(await commit('changeDwelling', call), () => dwelling(id, scope));
      return dwelling(id, scope);
    },
  );
}

function addResidentRoutes(app: CarebellApp, ports: RegistryRoutePorts): void {
  const { authorization, commit, reads, views, ownAlarm } = ports;
  const { requires, userOf, scopeOf } = authorization;
  const tags = ['residents'];

  async function resident(id: string, scope: Scope): Promise<Resident> {
    const found = await reads.resident(id);
    const home = found && (await reads.dwelling(found.dwellingId));
    return visible(found, scope, home?.stationId);
  }

  app.get(
    '/residents',
    {
      preParsing: requires('resident.read'),
      schema: {
        tags,
        summary: 'List residents',
        querystring: residentListQuerySchema,
        response: { 200: pageOf(residentSchema), ...problemResponses },
      },
    },
    async (request) => {
      const user = userOf(request);
      const query = { ...pageQueryOf(request.query), scope: scopeOf(request) };
      // Whoever finds a name by searching for it has read it.
      if (readsMasked(user.role)) {
        const { items, cursor } = await reads.residents({ ...query, q: undefined });
        return { items: items.map(maskResident), cursor };
      }
      const page = await reads.residents(query);
      const residentIds = page.items.filter(({ medicalNotes }) => medicalNotes !== '').map(({ id }) => id);
      views.record({ actorId: user.id, residentIds, via: 'residents', alarmId: null, stationId: null });
      return page;
    },
  );
  app.get(
    '/residents/:id',
    {
      preParsing: requires('resident.read'),
      schema: {
        tags,
        summary: 'One resident',
        params: idParams,
        response: { 200: residentSchema, ...problemResponses },
      },
    },
    async (request) => {
      const user = userOf(request);
      const found = await resident(request.params.id, scopeOf(request));
      if (readsMasked(user.role)) return maskResident(found);
      const home = await reads.dwelling(found.dwellingId);
      views.record({
        actorId: user.id,
        residentIds: [found.id],
        via: 'resident',
        alarmId: ownAlarm(user, found.id),
        stationId: home?.stationId ?? null,
      });
      return found;
    },
  );
  app.post(
    '/residents',
    {
      preParsing: requires('resident.write'),
      schema: {
        tags,
        summary: 'Enter a resident',
        body: newResidentSchema.strict(),
        response: { 201: residentSchema, ...problemResponses },
      },
    },
    async (request, reply) => {
      const scope = scopeOf(request);
      const call = { actorId: userOf(request).id, scope, resident: request.body };
      const { id } = accepted(await commit('createResident', call));
      return reply.code(201).send(await resident(id, scope));
    },
  );
  app.patch(
    '/residents/:id',
    {
      preParsing: requires('resident.write'),
      schema: {
        tags,
        summary: "Change a resident; the resident's own devices go along to another dwelling",
        params: idParams,
        body: residentPatchSchema,
        response: { 200: residentSchema, ...problemResponses },
      },
    },
    async (request) => {
      const scope = scopeOf(request);
      const { id } = request.params;
      const { version, ...change } = request.body;
      const call = { actorId: userOf(request).id, scope, id, change, version };
      await acceptedChange(await commit('changeResident', call), () => resident(id, scope));
      return resident(id, scope);
    },
  );
}
