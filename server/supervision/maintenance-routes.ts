import { batteryListSchema, testCoverageSchema, testRuleSchema } from '@carebell/contracts/supervision.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Clock } from '../clock.ts';
import type { HistoryPort } from '../history/history-port.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { idParams } from '../http-api/route-parts.ts';
import type { Gate } from '../journal/gate.ts';
import { visible } from '../resident/registry-answers.ts';
import { createDueBatteries, dueWithinDays } from './due-batteries.ts';
import type { MaintenanceReads } from './maintenance-reads.ts';
import { stationsOf } from './supervision-routes.ts';

export type MaintenanceRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  clock: Pick<Clock, 'now'>;
  reads: MaintenanceReads;
  history: Pick<HistoryPort, 'series'>;
};

const tags = ['supervision'];

/** What somebody must go and do before it becomes an alarm: change batteries, test buttons. */
export function maintenanceRoutes(ports: MaintenanceRoutePorts): RouteGroup {
  const { authorization, commit, clock, reads, history } = ports;
  const { requires, scopeOf } = authorization;

  const batteries = createDueBatteries({ clock, reads, history });

  return (app) => {
    app.get(
      '/supervision/batteries',
      {
        preParsing: requires('device.read'),
        schema: {
          tags,
          summary: 'Batteries that will be flat within 14 days',
          response: { 200: batteryListSchema, ...problemResponses },
        },
      },
      async (request) => ({
        withinDays: dueWithinDays,
        items: await batteries(stationsOf(scopeOf(request))),
      }),
    );
    app.get(
      '/supervision/button-tests',
      {
        preParsing: requires('device.read'),
        schema: {
          tags,
          summary: 'Which buttons were tested or pressed of late, by station',
          response: { 200: testCoverageSchema, ...problemResponses },
        },
      },
      async (request) => ({
        items: await reads.testCoverage(stationsOf(scopeOf(request)), clock.now()),
      }),
    );
    app.put(
      '/supervision/button-tests/:id',
      {
        preParsing: requires('device.write'),
        schema: {
          tags,
          summary: 'How often the buttons of a station are to be tested',
          params: idParams,
          body: testRuleSchema,
          response: { 200: testRuleSchema, ...problemResponses },
        },
      },
      async (request) => {
        const { id: stationId } = request.params;
        const scope = scopeOf(request);
        visible(covers(scope, stationId) ? {} : undefined, scope, stationId);
        await commit('setTestRule', { stationId, every: request.body.every });
        return request.body;
      },
    );
  };
}
