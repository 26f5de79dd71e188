import { alarmViewSchema } from '@carebell/contracts/alarm-view.ts';
import {
  alarmNoteBodySchema,
  contactTryBodySchema,
  handedOverSchema,
  handOverAllBodySchema,
  handOverBodySchema,
} from '@carebell/contracts/escalation.ts';
import type { AlarmDesk } from '../alarm/alarm-desk.ts';
import { alarmOf, refusalProblem } from '../alarm/desk-answers.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { Refusal } from '../http-api/problems.ts';
import { idParams } from '../http-api/route-parts.ts';

/** What operators do with an alarm between answering and closing it. */
export function handlingRoutes(ports: {
  authorization: Pick<Authorization, 'requires' | 'userOf'>;
  desk: Pick<AlarmDesk, 'note' | 'tryContact' | 'handOver' | 'handOverAll'>;
}): RouteGroup {
  const { desk } = ports;
  const { requires, userOf } = ports.authorization;
  const preParsing = requires('alarm.acknowledge');
  const tags = ['alarms'];
  const response = { 200: alarmViewSchema, ...problemResponses };

  return (app) => {
    app.post(
      '/alarms/:id/notes',
      {
        preParsing,
        schema: {
          tags,
          summary: 'Write something on the time line',
          params: idParams,
          body: alarmNoteBodySchema,
          response,
        },
      },
      async (request) =>
        alarmOf(await desk.note(userOf(request), { alarmId: request.params.id, ...request.body })),
    );
    app.post(
      '/alarms/:id/contact-tries',
      {
        preParsing,
        schema: {
          tags,
          summary: 'Enter what came of a telephone call; who refuses lets the next one be called at once',
          params: idParams,
          body: contactTryBodySchema,
          response,
        },
      },
      async (request) =>
        alarmOf(await desk.tryContact(userOf(request), { alarmId: request.params.id, ...request.body })),
    );
    app.post(
      '/alarms/:id/hand-over',
      {
        preParsing,
        schema: {
          tags,
          summary: 'Give an alarm to another operator',
          params: idParams,
          body: handOverBodySchema,
          response,
        },
      },
      async (request) =>
        alarmOf(await desk.handOver(userOf(request), { alarmId: request.params.id, ...request.body })),
    );
    app.post(
      '/duty/hand-over',
      {
        preParsing,
        schema: {
          tags: ['duty'],
          summary: 'Give all open alarms of one operator to another, at the end of a shift',
          body: handOverAllBodySchema,
          response: { 200: handedOverSchema, ...problemResponses },
        },
      },
      async (request) => {
        const user = userOf(request);
        const { from = user.id, ...call } = request.body;
        const outcome = await desk.handOverAll(user, { from, ...call });
        if (!outcome.ok) throw new Refusal(refusalProblem(outcome.reason));
        const { handedOver, kept } = outcome;
        return { handedOver, kept };
      },
    );
  };
}
