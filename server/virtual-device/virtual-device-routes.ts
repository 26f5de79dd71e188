import { openedTestDwellingSchema, openTestDwellingSchema } from '@carebell/contracts/virtual-devices.ts';
import { instant } from '../clock.ts';
import { issueSecret } from '../device/secret-routes.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import type { Gate } from '../journal/gate.ts';
import { accepted } from '../resident/registry-answers.ts';
import { testDwellingDevices } from './virtual-device-works.ts';

export type VirtualDeviceRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  newSecret(): string;
  hashSecret(secret: string): string;
};

/** Devices that exist in a browser only, for those who install, train and try out. */
export function virtualDeviceRoutes(ports: VirtualDeviceRoutePorts): RouteGroup {
  const { authorization, commit } = ports;
  const { requires, userOf, scopeOf } = authorization;
  return (app) => {
    app.post(
      '/virtual-devices',
      {
        preParsing: requires('device.write'),
        schema: {
          tags: ['devices'],
          summary: 'Open the test dwelling of a station, with new secrets for its virtual devices',
          body: openTestDwellingSchema,
          response: { 201: openedTestDwellingSchema, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { stationId } = request.body;
        const issued = testDwellingDevices.map(() => issueSecret(ports));
        const opened = accepted(
          await commit('openTestDwelling', {
            actorId: userOf(request).id,
            scope: scopeOf(request),
            stationId,
            secretHashes: issued.map(({ secretHash }) => secretHash),
          }),
        );
        const devices = testDwellingDevices.map(({ type, room }, index) => ({
          id: opened.deviceIds[index] ?? '',
          type,
          room,
          secret: issued[index]?.secret ?? '',
        }));
        const { dwellingId, residentId, testEndsAtMs } = opened;
        const testEndsAt = instant(testEndsAtMs);
        return reply.code(201).send({ stationId, dwellingId, residentId, testEndsAt, devices });
      },
    );
  };
}
