import {
  commissioningPointSchema,
  commissioningPointsQuerySchema,
  pointDoneSchema,
  retestSchema,
  retestsQuerySchema,
} from '@carebell/contracts/commissioning.ts';
import { pageOf } from '@carebell/contracts/http-api.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { idParams, pageQueryOf } from '../http-api/route-parts.ts';
import type { Gate } from '../journal/gate.ts';
import { accepted, visible } from '../resident/registry-answers.ts';
import type { CommissioningReads } from './commissioning-reads.ts';

export type PointRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  reads: Pick<CommissioningReads, 'points' | 'point' | 'retests'>;
};

const tags = ['commissioning'];

/** What commissioning left open, and what must be tested again. */
export function pointRoutes({ authorization, commit, reads }: PointRoutePorts): RouteGroup {
  const { requires, userOf, scopeOf } = authorization;
  return (app) => {
    app.get(
      '/commissioning-points',
      {
        preParsing: requires('device.read'),
        schema: {
          tags,
          summary: 'Open points, the longest due first; or done ones, the latest first',
          querystring: commissioningPointsQuerySchema,
          response: { 200: pageOf(commissioningPointSchema), ...problemResponses },
        },
      },
      (request) => reads.points({ ...pageQueryOf(request.query), scope: scopeOf(request) }),
    );
    app.post(
      '/commissioning-points/:id/done',
      {
        preParsing: requires('device.write'),
        schema: {
          tags,
          summary: 'An open point is done',
          params: idParams,
          body: pointDoneSchema,
          response: { 200: commissioningPointSchema, ...problemResponses },
        },
      },
      async (request) => {
        const scope = scopeOf(request);
        const call = { actorId: userOf(request).id, scope, id: request.params.id, ...request.body };
        const { id } = accepted(await commit('finishPoint', call));
        const found = await reads.point(id);
        return visible(found, scope, found?.stationId);
      },
    );
    app.get(
      '/commissioning-retests',
      {
        preParsing: requires('device.read'),
        schema: {
          tags,
          summary: 'Devices that must be tested again, the longest waiting first',
          querystring: retestsQuerySchema,
          response: { 200: pageOf(retestSchema), ...problemResponses },
        },
      },
      (request) => reads.retests({ ...pageQueryOf(request.query), scope: scopeOf(request) }),
    );
  };
}
