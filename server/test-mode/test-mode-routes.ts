import { alarmViewSchema } from '@carebell/contracts/alarm-view.ts';
import { pageOf, pageQuerySchema } from '@carebell/contracts/http-api.ts';
import {
  newTestModeSchema,
  testModeChangeSchema,
  testModeSchema,
  testModeStates,
} from '@carebell/contracts/test-mode.ts';
import type { TestMode } from '@carebell/contracts/test-mode.ts';
import { z } from 'zod';
import { personOf } from '../alarm/alarm-desk.ts';
import type { AlarmDesk } from '../alarm/alarm-desk.ts';
import { alarmOf } from '../alarm/desk-answers.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Clock } from '../clock.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { refusal } from '../http-api/problems.ts';
import { idParams, pageQueryOf } from '../http-api/route-parts.ts';
import { may } from '../identity/rights.ts';
import type { Gate } from '../journal/gate.ts';
import { accepted, visible } from '../resident/registry-answers.ts';
import type { TestModeReads } from './test-mode-reads.ts';

export type TestModeRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  clock: Pick<Clock, 'now'>;
  desk: Pick<AlarmDesk, 'carryOut'>;
  reads: TestModeReads;
};

const tags = ['test mode'];
const query = pageQuerySchema.extend({
  state: z.enum(testModeStates).default('running'),
  stationId: z.string().max(64).optional(),
  dwellingId: z.string().max(64).optional(),
  deviceId: z.string().max(64).optional(),
});

/** Devices, dwellings and stations under test: their alarms ring as ever and are marked. */
export function testModeRoutes(ports: TestModeRoutePorts): RouteGroup {
  const { authorization, commit, clock, desk, reads } = ports;
  const { requires, userOf, scopeOf } = authorization;

  async function testMode(id: string, scope: Scope): Promise<TestMode> {
    const found = await reads.testMode(id);
    return visible(found, scope, found?.stationId);
  }

  return (app) => {
    app.get(
      '/test-modes',
      {
        preParsing: requires('test-mode.read'),
        schema: {
          tags,
          summary: 'What is under test, the next to end first; ended ones the latest first',
          querystring: query,
          response: { 200: pageOf(testModeSchema), ...problemResponses },
        },
      },
      (request) =>
        reads.testModes({ ...pageQueryOf(request.query), scope: scopeOf(request), nowMs: clock.now() }),
    );
    app.post(
      '/test-modes',
      {
        preParsing: requires('test-mode.write'),
        schema: {
          tags,
          summary: 'Put a device, a dwelling or a station under test for some minutes',
          body: newTestModeSchema,
          response: { 201: testModeSchema, ...problemResponses },
        },
      },
      async (request, reply) => {
        const user = userOf(request);
        const scope = scopeOf(request);
        const { body } = request;
        if (body.of === 'station' && !may(user.role, 'test-mode.station'))
          throw refusal('forbidden', 'Test one dwelling or device, or ask the manager of the station.');
        const { id } = accepted(await commit('beginTest', { ...body, actorId: user.id, scope }));
        return reply.code(201).send(await testMode(id, scope));
      },
    );
    app.post(
      '/test-modes/:id/prolong',
      {
        preParsing: requires('test-mode.write'),
        schema: {
          tags,
          summary: 'It ends so many minutes from now',
          params: idParams,
          body: testModeChangeSchema,
          response: { 200: testModeSchema, ...problemResponses },
        },
      },
      async (request) => {
        const scope = scopeOf(request);
        const call = { actorId: userOf(request).id, scope, id: request.params.id, ...request.body };
        const { id } = accepted(await commit('prolongTest', call));
        return testMode(id, scope);
      },
    );
    app.delete(
      '/test-modes/:id',
      {
        preParsing: requires('test-mode.write'),
        schema: {
          tags,
          summary: 'End a test now',
          params: idParams,
          response: { 200: testModeSchema, ...problemResponses },
        },
      },
      async (request) => {
        const scope = scopeOf(request);
        const call = { actorId: userOf(request).id, scope, id: request.params.id };
        const { id } = accepted(await commit('endTest', call));
        return testMode(id, scope);
      },
    );
    app.post(
      '/alarms/:id/take-as-real',
      {
        preParsing: requires('alarm.acknowledge'),
        schema: {
          tags: ['alarms'],
          summary:
            'This test alarm is a real one: everybody is told as of any other, and the numbers count it',
          params: idParams,
          response: { 200: alarmViewSchema, ...problemResponses },
        },
      },
      async (request) => {
        const user = userOf(request);
        const { id: alarmId } = request.params;
        const work = () => commit('takeAsReal', { alarmId, user: personOf(user) });
        return alarmOf(await desk.carryOut(user, alarmId, 'alarm.acknowledge', work));
      },
    );
  };
}
