import { dispatchBodySchema, dispatchedSchema, dispatchPeopleSchema } from '@carebell/contracts/dispatch.ts';
import { personOf } from '../alarm/alarm-desk.ts';
import type { AlarmDesk } from '../alarm/alarm-desk.ts';
import { alarmOf } from '../alarm/desk-answers.ts';
import type { Clock } from '../clock.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { notFound } from '../http-api/error-answers.ts';
import { Refusal } from '../http-api/problems.ts';
import { idParams } from '../http-api/route-parts.ts';
import type { Gate } from '../journal/gate.ts';
import type { DispatchReads } from './dispatch-reads.ts';

export type DispatchRoutePorts = {
  authorization: Pick<Authorization, 'requires' | 'userOf'>;
  desk: Pick<AlarmDesk, 'carryOut' | 'visible'>;
  commit: Gate['commit'];
  clock: Pick<Clock, 'now'>;
  reads: DispatchReads;
};

/** Whom the owner of an alarm can send to the resident, and that they are sent. */
export function dispatchRoutes({
  authorization,
  desk,
  commit,
  clock,
  reads,
}: DispatchRoutePorts): RouteGroup {
  const { requires, userOf } = authorization;
  const preParsing = requires('alarm.acknowledge');
  const tags = ['alarms'];
  const params = idParams;
  return (app) => {
    app.get(
      '/alarms/:id/responders',
      {
        preParsing,
        schema: {
          tags,
          summary: 'Who can be asked to go to the resident now, and by which channels their link would go',
          params,
          response: { 200: dispatchPeopleSchema, ...problemResponses },
        },
      },
      async (request) => {
        const alarm = await desk.visible(userOf(request), request.params.id);
        if (!alarm) throw new Refusal(notFound());
        const subject = { ...alarm, ownerId: alarm.owner?.id ?? null };
        return { items: await reads.people(subject, clock.now()) };
      },
    );
    app.post(
      '/alarms/:id/dispatches',
      {
        preParsing,
        schema: {
          tags,
          summary: 'Ask somebody to go there: by their link, or that they were asked in a call',
          params,
          body: dispatchBodySchema,
          response: { 200: dispatchedSchema, ...problemResponses },
        },
      },
      async (request) => {
        const user = userOf(request);
        const { id: alarmId } = request.params;
        let isJoined = false;
        const outcome = await desk.carryOut(user, alarmId, 'alarm.acknowledge', async () => {
          const done = await commit('dispatchResponder', { alarmId, user: personOf(user), ...request.body });
          if (done.ok) ({ isJoined } = done);
          return done;
        });
        return { alarm: alarmOf(outcome), isJoined };
      },
    );
  };
}
