import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { pageOf } from '@carebell/contracts/http-api.ts';
import { missedAlarmSchema, missesQuerySchema, reviewBodySchema } from '@carebell/contracts/review.ts';
import { z } from 'zod';
import { personOf } from '../alarm/alarm-desk.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { notFound } from '../http-api/error-answers.ts';
import { Refusal, refusal } from '../http-api/problems.ts';
import { idParams, pageQueryOf } from '../http-api/route-parts.ts';
import type { Gate } from '../journal/gate.ts';
import type { ReviewReads } from './review-store.ts';

export type ReviewRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  reads: { reviews: ReviewReads; alarms: { view(alarmId: string): Promise<AlarmView | undefined> } };
};

const advice = {
  'not-closed': 'Review it when it is closed.',
  'nothing-missed': 'It missed no deadline.',
  'already-reviewed': 'Read what was found.',
} as const;

/** The supervisors' queue of what missed a deadline, and what they found. */
export function reviewRoutes({ authorization, commit, reads }: ReviewRoutePorts): RouteGroup {
  const { requires, userOf, scopeOf } = authorization;
  const tags = ['alarms'];
  return (app) => {
    app.get(
      '/misses',
      {
        preParsing: requires('miss.read'),
        schema: {
          tags,
          summary: 'Alarms that missed a deadline: still open, waiting for a review, or reviewed',
          querystring: missesQuerySchema,
          response: { 200: pageOf(missedAlarmSchema), ...problemResponses },
        },
      },
      async (request) => {
        const query = pageQueryOf(request.query);
        const { items, cursor } = await reads.reviews.misses({ ...query, scope: scopeOf(request) });
        const shown = await Promise.all(
          items.map(async ({ alarmId, review }) => {
            const alarm = await reads.alarms.view(alarmId);
            return alarm === undefined ? [] : [{ alarm, review }];
          }),
        );
        return { items: shown.flat(), cursor };
      },
    );
    app.post(
      '/alarms/:id/review',
      {
        preParsing: requires('miss.review'),
        schema: {
          tags,
          summary: 'Enter what was found out about a missed deadline, once, when the alarm is closed',
          params: idParams,
          body: reviewBodySchema,
          response: { 204: z.null(), ...problemResponses },
        },
      },
      async (request, reply) => {
        const { id: alarmId } = request.params;
        const call = { user: personOf(userOf(request)), scope: scopeOf(request), alarmId, ...request.body };
        const outcome = await commit('reviewMiss', call);
        if (outcome.ok) return reply.code(204).send(null);
        const { reason } = outcome;
        if (reason === 'not-found') throw new Refusal(notFound());
        throw refusal(reason, advice[reason]);
      },
    );
  };
}
