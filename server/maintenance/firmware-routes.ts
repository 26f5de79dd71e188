import { firmwareSchema, firmwareTypes, firmwareWishSchema } from '@carebell/contracts/maintenance.ts';
import type { FirmwareReport } from '@carebell/contracts/maintenance.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Directory } from '../device/directory.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { CarebellApp } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import type { Gate } from '../journal/gate.ts';
import { accepted } from '../resident/registry-answers.ts';
import { stationsOf } from '../supervision/supervision-routes.ts';
import type { JobReads } from './job-reads.ts';

export type FirmwareRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  reads: JobReads;
  directory: Pick<Directory, 'organisation' | 'lineage'>;
};

const tags = ['maintenance'];

/** Which versions there are, and which somebody wishes. */
export function addFirmwareRoutes(
  app: CarebellApp,
  { authorization, commit, reads, directory }: FirmwareRoutePorts,
): void {
  const { requires, userOf, scopeOf } = authorization;

  async function report(scope: Scope): Promise<FirmwareReport> {
    const wishes = await reads.wishes();
    const versions = await reads.versions(stationsOf(scope));
    // What is wished above holds here too, and is shown.
    const above = new Set(
      scope === 'all' ? [] : [...scope].flatMap((id) => directory.lineage(id).map((place) => place.id)),
    );
    const shown = wishes.flatMap(({ organisationId, type, version }) => {
      const known = firmwareTypes.find((name) => name === type);
      if (known === undefined || !(covers(scope, organisationId) || above.has(organisationId))) return [];
      const organisationName = directory.organisation(organisationId)?.name ?? organisationId;
      return [
        { organisationId, organisationName, type: known, version, isOwn: covers(scope, organisationId) },
      ];
    });
    return { versions, wishes: shown };
  }

  app.get(
    '/maintenance/firmware',
    {
      preParsing: requires('device.read'),
      schema: {
        tags,
        summary: 'Versions of firmware: how many of each, and how many are not the wished one',
        response: { 200: firmwareSchema, ...problemResponses },
      },
    },
    async (request) => report(scopeOf(request)),
  );
  app.put(
    '/maintenance/firmware',
    {
      preParsing: requires('registry.write'),
      schema: {
        tags,
        summary: 'Which version a type of device is to have, at an organisation and below',
        body: firmwareWishSchema,
        response: { 200: firmwareSchema, ...problemResponses },
      },
    },
    async (request) => {
      const scope = scopeOf(request);
      accepted(await commit('wishFirmware', { ...request.body, actorId: userOf(request).id, scope }));
      return report(scope);
    },
  );
}
