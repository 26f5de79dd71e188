import { chainReportSchema } from '@carebell/contracts/chain.ts';
import {
  quietListSchema,
  supervisedKinds,
  supervisedSchema,
  supervisionChangeSchema,
} from '@carebell/contracts/supervision.ts';
import type { Quiet, SupervisedKind } from '@carebell/contracts/supervision.ts';
import { z } from 'zod';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import type { Gate } from '../journal/gate.ts';
import { visible } from '../resident/registry-answers.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { ChainWatch } from './chain-watch.ts';
import type { SilenceWatch } from './silence-watch.ts';
import type { SupervisionReads } from './supervision-reads.ts';

export type SupervisionRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  reads: SupervisionReads;
  silence: Pick<SilenceWatch, 'changed'>;
  chain: Pick<ChainWatch, 'report'>;
};

const params = z.object({ of: z.enum(supervisedKinds), id: z.string() });
const tags = ['supervision'];
const listedAtMost = 2_000;

/** Who is waited for, within which time, and what is silent. */
export function supervisionRoutes({
  authorization,
  commit,
  reads,
  silence,
  chain,
}: SupervisionRoutePorts): RouteGroup {
  const { requires, userOf, scopeOf } = authorization;

  async function supervised(of: SupervisedKind, id: string, scope: Scope) {
    const found = await reads.supervised({ of, id });
    const { stationId: _, ...shown } = visible(found, scope, found?.stationId);
    return shown;
  }

  return (app) => {
    app.get(
      '/supervision/quiet',
      {
        preParsing: requires('device.read'),
        schema: {
          tags,
          summary: 'What is silent, cannot be heard or was never heard',
          response: { 200: quietListSchema, ...problemResponses },
        },
      },
      async (request) => {
        const scope = scopeOf(request);
        const stations = stationsOf(scope);
        const items = await reads.quiet(stations, listedAtMost);
        const count = (hearing: Quiet['hearing']) => items.filter((item) => item.hearing === hearing).length;
        return {
          items,
          counts: {
            ...(await reads.counts(stations)),
            silent: count('silent'),
            unknown: count('unknown'),
            notYet: count('not-yet'),
          },
        };
      },
    );
    app.get(
      '/supervision/chain',
      {
        preParsing: requires('device.read'),
        schema: {
          tags,
          summary: 'Whether the synthetic event arrives, and the times of its hops in the last hour',
          response: { 200: chainReportSchema, ...problemResponses },
        },
      },
      () => chain.report(),
    );
    app.get(
      '/supervision/:of/:id',
      {
        preParsing: requires('device.read'),
        schema: {
          tags,
          summary: 'How one device or gateway is watched, and when it was heard',
          params,
          response: { 200: supervisedSchema, ...problemResponses },
        },
      },
      async (request) => supervised(request.params.of, request.params.id, scopeOf(request)),
    );
    app.put(
      '/supervision/:of/:id',
      {
        preParsing: requires('device.write'),
        schema: {
          tags,
          summary: 'Within which time it must be heard; null is the default of its type',
          params,
          body: supervisionChangeSchema,
          response: { 200: supervisedSchema, ...problemResponses },
        },
      },
      async (request) => {
        const { of, id } = request.params;
        await supervised(of, id, scopeOf(request));
        const call = { of, id, setting: request.body.setting, actorId: userOf(request).id };
        await commit('setSupervision', call);
        silence.changed({ of, id });
        return supervised(of, id, scopeOf(request));
      },
    );
  };
}

export function stationsOf(scope: Scope): readonly string[] | 'all' {
  return scope === 'all' ? 'all' : [...scope];
}
