import { drillSchema, newDrillSchema } from '@carebell/contracts/drill.ts';
import type { Drill } from '@carebell/contracts/drill.ts';
import { pageOf, pageQuerySchema } from '@carebell/contracts/http-api.ts';
import { z } from 'zod';
import type { Scope } from '../care-station/organisation-scope.ts';
import { instant } from '../clock.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { idParams, pageQueryOf } from '../http-api/route-parts.ts';
import type { Gate } from '../journal/gate.ts';
import { accepted, visible } from '../resident/registry-answers.ts';
import type { DrillReads, DrillRow } from './drill-reads.ts';
import { scoreOf } from './drill-score.ts';

export type DrillRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  reads: DrillReads;
  /** From 0 to 1, 1 not included. */
  random(): number;
};

const tags = ['drills'];

/** Drills, planned and begun by supervisors and scored from the steps of their alarms. Operators do not see what is planned. */
export function drillRoutes({ authorization, commit, reads, random }: DrillRoutePorts): RouteGroup {
  const { requires, userOf, scopeOf } = authorization;

  async function drill(id: string, scope: Scope): Promise<Drill> {
    const row = await reads.drill(id);
    return drillOf(visible(row, scope, row?.stationId));
  }

  return (app) => {
    app.get(
      '/drills',
      {
        preParsing: requires('drill.read'),
        schema: {
          tags,
          summary: 'Drills with their scores, the latest first',
          querystring: pageQuerySchema.extend({ stationId: z.string().max(64).optional() }),
          response: { 200: pageOf(drillSchema), ...problemResponses },
        },
      },
      async (request) => {
        const { items, cursor } = await reads.drills({
          ...pageQueryOf(request.query),
          scope: scopeOf(request),
        });
        return { items: items.map(drillOf), cursor };
      },
    );
    app.post(
      '/drills',
      {
        preParsing: requires('drill.write'),
        schema: {
          tags,
          summary: 'Begin a drill, or plan one: no resident and no device is told',
          body: newDrillSchema,
          response: { 201: drillSchema, ...problemResponses },
        },
      },
      async (request, reply) => {
        const scope = scopeOf(request);
        const { startsAt, ...wanted } = request.body;
        const startsAtMs = startsAt === null ? null : Date.parse(startsAt);
        const call = { actorId: userOf(request).id, scope, drill: { ...wanted, startsAtMs }, draw: random() };
        const { id } = accepted(await commit('planDrill', call));
        return reply.code(201).send(await drill(id, scope));
      },
    );
    app.delete(
      '/drills/:id',
      {
        preParsing: requires('drill.write'),
        schema: {
          tags,
          summary: 'Take back a drill that has not begun',
          params: idParams,
          response: { 200: drillSchema, ...problemResponses },
        },
      },
      async (request) => {
        const scope = scopeOf(request);
        const { id } = request.params;
        accepted(await commit('cancelDrill', { actorId: userOf(request).id, scope, id }));
        return drill(id, scope);
      },
    );
  };
}

function drillOf({ state, steps, ...row }: DrillRow): Drill {
  const isStarted = row.phase === 'started';
  return {
    id: row.id,
    stationId: row.stationId,
    stationName: row.stationName,
    kind: row.kind,
    residentId: row.residentId,
    startsAt: instant(row.startsAtMs),
    notifies: row.notifies,
    plannedBy: row.plannedByName,
    phase: !isStarted
      ? (row.phase as 'planned' | 'cancelled')
      : state?.phase === 'closed'
        ? 'ended'
        : 'running',
    alarmId: row.alarmId,
    operator: state === null || state.phase === 'raised' ? null : state.owner.displayName,
    score: state === null ? null : scoreOf(state, steps),
  };
}
