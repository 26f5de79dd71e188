import { alarmViewSchema } from '@carebell/contracts/alarm-view.ts';
import {
  accessViewSchema,
  callBackBodySchema,
  followUpBodySchema,
  followUpSchema,
  scriptStepDoneBodySchema,
} from '@carebell/contracts/handling.ts';
import { pageOf } from '@carebell/contracts/http-api.ts';
import { personOf } from '../alarm/alarm-desk.ts';
import type { AlarmDesk } from '../alarm/alarm-desk.ts';
import { alarmOf, deskProblem } from '../alarm/desk-answers.ts';
import type { Clock } from '../clock.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { notFound } from '../http-api/error-answers.ts';
import { Refusal } from '../http-api/problems.ts';
import { idParams } from '../http-api/route-parts.ts';
import type { Gate } from '../journal/gate.ts';
import type { RegistryReads } from '../resident/registry-reads.ts';
import { openAccess } from './access-view.ts';
import { followUpOf } from './follow-up.ts';
import type { HandlingReads } from './handling-reads.ts';

export type GuidedRoutePorts = {
  authorization: Pick<Authorization, 'requires' | 'userOf' | 'scopeOf'>;
  desk: Pick<AlarmDesk, 'carryOut' | 'visible'>;
  commit: Gate['commit'];
  clock: Pick<Clock, 'now'>;
  reads: { handling: HandlingReads; registry: Pick<RegistryReads, 'dwelling'> };
  timeZone: string;
  troubled(event: string, error: unknown): void;
};

const askedAtOnce = 500;

/** What the owner of an alarm does step by step, and what is asked of the resident afterwards. */
export function guidedRoutes(ports: GuidedRoutePorts): RouteGroup {
  const { authorization, desk, commit, clock, reads, timeZone } = ports;
  const { requires, userOf, scopeOf } = authorization;
  const preParsing = requires('alarm.acknowledge');
  const tags = ['alarms'];
  const params = idParams;
  const response = { 200: alarmViewSchema, ...problemResponses };

  return (app) => {
    app.post(
      '/alarms/:id/script-steps',
      {
        preParsing,
        schema: {
          tags,
          summary: 'A step of the script was done, now',
          params,
          body: scriptStepDoneBodySchema,
          response,
        },
      },
      async (request) => {
        const user = userOf(request);
        const { id: alarmId } = request.params;
        return alarmOf(
          await desk.carryOut(user, alarmId, 'alarm.acknowledge', () =>
            commit('doScriptStep', { alarmId, user: personOf(user), ...request.body }),
          ),
        );
      },
    );
    app.post(
      '/alarms/:id/access-views',
      {
        preParsing,
        schema: {
          tags,
          summary: 'How to get in, for the owner of an open alarm; that it was shown is recorded first',
          params,
          response: { 200: accessViewSchema, ...problemResponses },
        },
      },
      async (request) => {
        const shown = await openAccess(ports, userOf(request), request.params.id);
        if (shown.ok) return { access: shown.access, isRecorded: shown.isRecorded };
        throw new Refusal(shown.outcome === null ? notFound() : deskProblem(shown.outcome));
      },
    );
    app.put(
      '/alarms/:id/call-back',
      {
        preParsing,
        schema: {
          tags,
          summary: 'Be rung again after a while; set again it is moved',
          params,
          body: callBackBodySchema,
          response,
        },
      },
      async (request) => {
        const user = userOf(request);
        const { id: alarmId } = request.params;
        return alarmOf(
          await desk.carryOut(user, alarmId, 'alarm.acknowledge', () =>
            commit('setCallBack', { alarmId, user: personOf(user), ...request.body }),
          ),
        );
      },
    );
    app.delete(
      '/alarms/:id/call-back',
      { preParsing, schema: { tags, summary: 'The call-back is done', params, response } },
      async (request) => {
        const user = userOf(request);
        const { id: alarmId } = request.params;
        return alarmOf(
          await desk.carryOut(user, alarmId, 'alarm.acknowledge', () =>
            commit('endCallBack', { alarmId, user: personOf(user) }),
          ),
        );
      },
    );
    app.get(
      '/follow-ups',
      {
        preParsing,
        schema: {
          tags: ['follow-ups'],
          summary: 'Residents to be asked how it was, the longest waiting first',
          response: { 200: pageOf(followUpSchema), ...problemResponses },
        },
      },
      async (request) => {
        const waiting = await reads.handling.toBeAsked(scopeOf(request), askedAtOnce);
        const nowMs = clock.now();
        return { items: waiting.map((one) => followUpOf(one, timeZone, nowMs)), cursor: null };
      },
    );
    app.post(
      '/alarms/:id/follow-up',
      {
        preParsing,
        schema: {
          tags: ['follow-ups'],
          summary: 'What the resident said, or that nobody was reached',
          params,
          body: followUpBodySchema,
          response,
        },
      },
      async (request) => {
        const user = userOf(request);
        const { id: alarmId } = request.params;
        const { result, score = null, note } = request.body;
        return alarmOf(
          await desk.carryOut(user, alarmId, 'alarm.acknowledge', () =>
            commit('recordFollowUp', { alarmId, user: personOf(user), result, score, note }),
          ),
        );
      },
    );
  };
}
