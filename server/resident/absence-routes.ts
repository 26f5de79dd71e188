import {
  absenceListSchema,
  absencePatchSchema,
  absenceSchema,
  newAbsenceSchema,
} from '@carebell/contracts/absence.ts';
import type { Absence } from '@carebell/contracts/absence.ts';
import { absencePageSchema, absenceQuerySchema } from '@carebell/contracts/absence-list.ts';
import type { MedicalViews } from '../audit/medical-views.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { idParams, pageQueryOf } from '../http-api/route-parts.ts';
import type { Gate } from '../journal/gate.ts';
import { acceptedAbsence } from './absence-answers.ts';
import type { AbsenceReads } from './absence-reads.ts';
import { acceptedChange, visible } from './registry-answers.ts';
import type { RegistryReads } from './registry-reads.ts';

export type AbsenceRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  reads: { absences: AbsenceReads; registry: Pick<RegistryReads, 'resident' | 'dwelling'> };
  views: MedicalViews;
};

const tags = ['absences'];
/** Past ones shown beside those to come. */
const shownOfOne = 50;

/** Who is away, in hospital or on holiday, and since when. It keeps no press from being an alarm. */
export function absenceRoutes({ authorization, commit, reads, views }: AbsenceRoutePorts): RouteGroup {
  const { requires, userOf, scopeOf } = authorization;

  async function stationOf(residentId: string, scope: Scope): Promise<string | null> {
    const resident = await reads.registry.resident(residentId);
    const home = resident && (await reads.registry.dwelling(resident.dwellingId));
    visible(resident, scope, home?.stationId);
    return home?.stationId ?? null;
  }

  async function absence(id: string, scope: Scope): Promise<Absence> {
    const found = visible(await reads.absences.absence(id), 'all', null);
    await stationOf(found.residentId, scope);
    return found;
  }

  return (app) => {
    app.get(
      '/absences',
      {
        preParsing: requires('absence.read'),
        schema: {
          tags,
          summary: 'Who is not expected at home as usual, whoever is back first standing first',
          querystring: absenceQuerySchema,
          response: { 200: absencePageSchema, ...problemResponses },
        },
      },
      async (request) => reads.absences.absences({ ...pageQueryOf(request.query), scope: scopeOf(request) }),
    );
    app.get(
      '/residents/:id/absences',
      {
        preParsing: requires('absence.read'),
        schema: {
          tags,
          summary: "A resident's absences: the running one, those to come, and the past ones",
          params: idParams,
          response: { 200: absenceListSchema, ...problemResponses },
        },
      },
      async (request) => {
        const { id } = request.params;
        const stationId = await stationOf(id, scopeOf(request));
        const items = await reads.absences.absencesOf(id, shownOfOne);
        const isMedical = items.some(({ kind, note }) => kind === 'in-hospital' || note !== '');
        const actorId = userOf(request).id;
        if (isMedical)
          views.record({ actorId, residentIds: [id], via: 'absences', alarmId: null, stationId });
        return { items };
      },
    );
    app.post(
      '/residents/:id/absences',
      {
        preParsing: requires('absence.write'),
        schema: {
          tags,
          summary: 'Enter that a resident is away, in hospital, on holiday, or has a carer at home',
          params: idParams,
          body: newAbsenceSchema,
          response: { 201: absenceSchema, ...problemResponses },
        },
      },
      async (request, reply) => {
        const scope = scopeOf(request);
        const { kind, from, until, note } = request.body;
        const { id } = acceptedAbsence(
          await commit('setAbsence', {
            actorId: userOf(request).id,
            scope,
            residentId: request.params.id,
            absence: {
              kind,
              fromMs: from === undefined ? null : Date.parse(from),
              untilMs: Date.parse(until),
              note,
            },
          }),
        );
        return reply.code(201).send(await absence(id, scope));
      },
    );
    app.patch(
      '/absences/:id',
      {
        preParsing: requires('absence.write'),
        schema: {
          tags,
          summary: 'Prolong or shorten an absence, or change its note',
          params: idParams,
          body: absencePatchSchema,
          response: { 200: absenceSchema, ...problemResponses },
        },
      },
      async (request) => {
        const scope = scopeOf(request);
        const { id } = request.params;
        const { version, until, note } = request.body;
        const change = { untilMs: until === undefined ? undefined : Date.parse(until), note };
        const call = { actorId: userOf(request).id, scope, id, change, version };
        const outcome = await commit('changeAbsence', call);
        if (!outcome.ok && outcome.reason === 'changed-meanwhile')
          await acceptedChange(outcome, () => absence(id, scope));
        acceptedAbsence(outcome);
        return absence(id, scope);
      },
    );
    app.post(
      '/absences/:id/end',
      {
        preParsing: requires('absence.write'),
        schema: {
          tags,
          summary: 'The resident is back, or does not go after all',
          params: idParams,
          response: { 200: absenceSchema, ...problemResponses },
        },
      },
      async (request) => {
        const scope = scopeOf(request);
        const { id } = request.params;
        acceptedAbsence(await commit('endAbsence', { actorId: userOf(request).id, scope, id }));
        return absence(id, scope);
      },
    );
  };
}
