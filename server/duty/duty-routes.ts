import {
  dutyShiftPatchSchema,
  dutyWeekQuerySchema,
  dutyWeekSchema,
  newDutyShiftSchema,
} from '@carebell/contracts/duty.ts';
import { recordIdSchema } from '@carebell/contracts/ids.ts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { idParams } from '../http-api/route-parts.ts';
import type { Gate } from '../journal/gate.ts';
import { accepted, acceptedChange, visible } from '../resident/registry-answers.ts';
import type { RegistryReads } from '../resident/registry-reads.ts';
import type { DutyReads } from './duty-store.ts';
import { dutyWeek } from './duty-week.ts';
import { mondayOf } from './duty-works.ts';

export type DutyRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  clock: Pick<Clock, 'now'>;
  reads: { registry: Pick<RegistryReads, 'organisation'>; duty: DutyReads };
  timeZone: string;
};

const shiftParams = z.object({ id: z.string(), shiftId: z.string() });
const tags = ['duty'];

/** The rota of an organisation: whose shift is when, and when it is nobody's. */
export function dutyRoutes({ authorization, commit, clock, reads, timeZone }: DutyRoutePorts): RouteGroup {
  const { requires, userOf, scopeOf } = authorization;
  const path = '/organisations/:id/duty/shifts';

  async function callOf(request: FastifyRequest<{ Params: { id: string } }>) {
    const { id } = request.params;
    const scope = scopeOf(request);
    const organisationId = visible(await reads.registry.organisation(id), scope, id).id;
    return { actorId: userOf(request).id, scope, organisationId, timeZone };
  }
  const shiftNow = async (organisationId: string, id: string): Promise<object> =>
    (await reads.duty.shifts(organisationId)).find((shift) => shift.id === id) ?? {};

  return (app) => {
    app.get(
      '/organisations/:id/duty/week',
      {
        preParsing: requires('alarm.read'),
        schema: {
          tags,
          summary: 'Who is on duty in a week, and when nobody is',
          params: idParams,
          querystring: dutyWeekQuerySchema,
          response: { 200: dutyWeekSchema, ...problemResponses },
        },
      },
      async (request) => {
        const { organisationId } = await callOf(request);
        const firstDay = request.query.from ?? mondayOf(clock.now(), timeZone);
        return dutyWeek(reads.duty, { organisationId, firstDay, timeZone });
      },
    );
    app.post(
      path,
      {
        preParsing: requires('rota.write'),
        schema: {
          tags,
          summary: 'Enter a shift, once or on days of every week',
          params: idParams,
          body: newDutyShiftSchema,
          response: { 201: z.object({ id: recordIdSchema }), ...problemResponses },
        },
      },
      async (request, reply) => {
        const { insteadOf, ...shift } = request.body;
        const { id } = accepted(
          await commit('createDutyShift', { ...(await callOf(request)), shift, insteadOf }),
        );
        return reply.code(201).send({ id });
      },
    );
    app.patch(
      `${path}/:shiftId`,
      {
        preParsing: requires('rota.write'),
        schema: {
          tags,
          summary: 'Change a shift, on all its days',
          params: shiftParams,
          body: dutyShiftPatchSchema,
          response: { 200: z.object({ id: recordIdSchema }), ...problemResponses },
        },
      },
      async (request) => {
        const { version, ...change } = request.body;
        const call = await callOf(request);
        const { shiftId: id } = request.params;
        await acceptedChange(await commit('changeDutyShift', { ...call, id, change, version }), () =>
          shiftNow(call.organisationId, id),
        );
        return { id };
      },
    );
    app.delete(
      `${path}/:shiftId`,
      {
        preParsing: requires('rota.write'),
        schema: {
          tags,
          summary: 'Remove a shift, on all its days',
          params: shiftParams,
          response: { 204: z.null(), ...problemResponses },
        },
      },
      async (request, reply) => {
        const { shiftId: id } = request.params;
        accepted(await commit('deleteDutyShift', { ...(await callOf(request)), id }));
        return reply.code(204).send(null);
      },
    );
  };
}
