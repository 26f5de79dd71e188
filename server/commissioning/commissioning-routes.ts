import {
  abandonSchema,
  checkAgainSchema,
  commissioningLineSchema,
  commissioningRecordSchema,
  commissioningSchema,
  commissioningsQuerySchema,
  confirmCheckSchema,
  newCommissioningSchema,
  signCommissioningSchema,
  skipCheckSchema,
} from '@carebell/contracts/commissioning.ts';
import type { Commissioning } from '@carebell/contracts/commissioning.ts';
import { pageOf } from '@carebell/contracts/http-api.ts';
import { testModeChangeSchema } from '@carebell/contracts/test-mode.ts';
import type { FastifyRequest } from 'fastify';
import type { Scope } from '../care-station/organisation-scope.ts';
import { instant } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { idParams, pageQueryOf } from '../http-api/route-parts.ts';
import { accepted, visible } from '../resident/registry-answers.ts';
import type { RegistryOutcome } from '../resident/registry-outcome.ts';
import { follow, heardOf } from './commissioning-watch.ts';
import type { FollowPorts } from './commissioning-watch.ts';
import { pointRoutes } from './point-routes.ts';
import { deviceOf, pointOf } from './settled.ts';
import { recordHash } from './signed-record.ts';

export type CommissioningRoutePorts = FollowPorts & {
  authorization: Authorization;
  clock: Pick<Clock, 'now'>;
  hub: { version: string };
};

const tags = ['commissioning'];

/** What whoever installs checks device by device, and both sign. */
export function commissioningRoutes(ports: CommissioningRoutePorts): RouteGroup {
  const { authorization, commit, clock, reads, hub } = ports;
  const { requires, userOf, scopeOf } = authorization;
  const write = requires('device.write');
  const response = { 200: commissioningSchema, ...problemResponses };

  async function shown(id: string, scope: Scope): Promise<Commissioning> {
    const found = await reads.file(id);
    const file = visible(found, scope, found?.record.stationId);
    const { record, line, checks, devices, points, names, test } = file;
    const isOpen = record.state === 'open';
    const heard = isOpen ? await heardOf(ports, file) : undefined;
    const nameOf = (userId: string): string => names[userId] ?? userId;
    const place = { address: line.address, stationName: line.stationName };
    const nowMs = clock.now();
    return {
      ...line,
      asOf: instant(nowMs),
      deviceList: devices.map((device) =>
        deviceOf(device, checks, { points, heard: heard?.get(device.id), nameOf }),
      ),
      points: points.map((point) => {
        const device = devices.find(({ id: deviceId }) => deviceId === point.deviceId);
        const of = { deviceName: device?.name ?? '', deviceType: device?.type ?? ('other' as const) };
        return pointOf(point, { ...place, ...of }, nameOf);
      }),
      test: test && test.endsAtMs > nowMs ? { id: test.id, endsAt: instant(test.endsAtMs) } : null,
      abandonedBecause: record.abandonedBecause,
      sha256: record.sha256,
    };
  }

  const callOf = (request: FastifyRequest) => ({ actorId: userOf(request).id, scope: scopeOf(request) });

  /** Does it, and answers how the commissioning stands then. */
  async function done(
    request: FastifyRequest<{ Params: { id: string } }>,
    work: (call: ReturnType<typeof callOf> & { id: string }) => Promise<RegistryOutcome>,
  ): Promise<Commissioning> {
    const { id } = request.params;
    accepted(await work({ ...callOf(request), id }));
    return shown(id, scopeOf(request));
  }

  return (app) => {
    app.get(
      '/commissionings',
      {
        preParsing: requires('device.read'),
        schema: {
          tags,
          summary: 'Commissionings, the latest first',
          querystring: commissioningsQuerySchema,
          response: { 200: pageOf(commissioningLineSchema), ...problemResponses },
        },
      },
      (request) => {
        const { mine, ...query } = pageQueryOf(request.query);
        const startedBy = mine === 'true' ? userOf(request).id : undefined;
        return reads.commissionings({ ...query, startedBy, scope: scopeOf(request) });
      },
    );
    app.post(
      '/commissionings',
      {
        preParsing: write,
        schema: {
          tags,
          summary: 'Begin to commission a dwelling, under test; or go on with the one that is open',
          body: newCommissioningSchema,
          response: { 201: commissioningSchema, ...problemResponses },
        },
      },
      async (request, reply) => {
        const call = callOf(request);
        const { id } = accepted(await commit('beginCommissioning', { ...call, ...request.body }));
        return reply.code(201).send(await shown(id, call.scope));
      },
    );
    app.get(
      '/commissionings/:id',
      {
        preParsing: requires('device.read'),
        schema: { tags, summary: 'How far each check has come', params: idParams, response },
      },
      (request) => shown(request.params.id, scopeOf(request)),
    );
    app.post(
      '/commissionings/:id/test',
      {
        preParsing: write,
        schema: {
          tags,
          summary: 'Its dwelling is under test for so many minutes from now',
          params: idParams,
          body: testModeChangeSchema,
          response,
        },
      },
      (request) => done(request, (call) => commit('testCommissioning', { ...call, ...request.body })),
    );
    app.post(
      '/commissionings/:id/again',
      {
        preParsing: write,
        schema: {
          tags,
          summary: 'Begin a check anew: only what is heard from now on counts',
          params: idParams,
          body: checkAgainSchema,
          response,
        },
      },
      (request) => done(request, (call) => commit('beginCheckAnew', { ...call, ...request.body })),
    );
    app.post(
      '/commissionings/:id/confirm',
      {
        preParsing: write,
        schema: {
          tags,
          summary: 'The resident saw or heard what the device told',
          params: idParams,
          body: confirmCheckSchema,
          response,
        },
      },
      (request) =>
        done(request, async (call) => {
          const outcome = await commit('confirmCheck', { ...call, ...request.body });
          if (outcome.ok) await follow(ports, call.id);
          return outcome;
        }),
    );
    app.post(
      '/commissionings/:id/skip',
      {
        preParsing: write,
        schema: {
          tags,
          summary: 'A check that cannot be done now becomes an open point',
          params: idParams,
          body: skipCheckSchema,
          response,
        },
      },
      (request) =>
        done(request, (call) => {
          const { dueAt, ...body } = request.body;
          return commit('skipCheck', { ...call, ...body, dueAtMs: Date.parse(dueAt) });
        }),
    );
    app.post(
      '/commissionings/:id/abandon',
      {
        preParsing: write,
        schema: { tags, summary: 'End it unsigned', params: idParams, body: abandonSchema, response },
      },
      (request) => done(request, (call) => commit('abandonCommissioning', { ...call, ...request.body })),
    );
    app.post(
      '/commissionings/:id/sign',
      {
        preParsing: write,
        schema: {
          tags,
          summary: 'Sign it, when no check waits any more; the record can never be changed',
          params: idParams,
          body: signCommissioningSchema,
          response,
        },
      },
      (request) =>
        done(request, async (call) => {
          await follow(ports, call.id);
          const names = (await reads.file(call.id))?.names ?? {};
          return commit('signCommissioning', {
            ...call,
            names,
            hubVersion: hub.version,
            signed: request.body,
          });
        }),
    );
    app.get(
      '/commissionings/:id/record',
      {
        preParsing: requires('device.read'),
        schema: {
          tags,
          summary: 'What was signed, with its hash and whether it still holds',
          params: idParams,
          response: { 200: commissioningRecordSchema, ...problemResponses },
        },
      },
      async (request) => {
        const found = await reads.signed(request.params.id);
        const { stationId: _, ...signed } = visible(found, scopeOf(request), found?.stationId);
        const { id, signedAtMs, content, previousSha256, sha256 } = signed;
        const holds = content !== null && recordHash(previousSha256, { id, signedAtMs, content }) === sha256;
        return { ...signed, holds };
      },
    );
    pointRoutes(ports)(app);
  };
}
