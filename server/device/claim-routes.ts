import { shownClaimCode } from '@carebell/contracts/claim-code.ts';
import { claimSchema, issuedClaimSchema } from '@carebell/contracts/claims.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { CarebellApp } from '../http-api/app-types.ts';
import { idParams } from '../http-api/route-parts.ts';
import { accepted, visible } from '../resident/registry-answers.ts';
import type { Claimant } from './claim-store.ts';
import { claimViewOf } from './claim.ts';
import type { DeviceRoutePorts } from './device-route-ports.ts';

/** Codes by which a device or gateway fetches its secret itself, so that nobody has to type it. */
export function addClaimRoutes(app: CarebellApp, ports: DeviceRoutePorts, of: Claimant): void {
  const { authorization, commit, reads, clock, newClaimCode, hashSecret } = ports;
  const { requires, userOf, scopeOf } = authorization;
  const preParsing = requires('device.write');
  const tags = [`${of}s`];
  const path = `/${of}s/:id/claim`;

  app.get(
    path,
    {
      preParsing,
      schema: {
        tags,
        summary: `How far a ${of} has come with its code`,
        params: idParams,
        response: { 200: claimSchema, ...problemResponses },
      },
    },
    async (request) => {
      const { id } = request.params;
      const found = await (of === 'device' ? reads.device(id) : reads.gateway(id));
      visible(found, scopeOf(request), found?.stationId);
      return claimViewOf(await ports.claims.claim(id), clock.now());
    },
  );
  app.post(
    path,
    {
      preParsing,
      schema: {
        tags,
        summary: 'Make a code, valid for half an hour and once; it is shown only here',
        params: idParams,
        response: { 201: issuedClaimSchema, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const code = newClaimCode();
      const call = { actorId: userOf(request).id, scope: scopeOf(request), of, id };
      accepted(await commit('makeClaim', { ...call, codeHash: hashSecret(code) }));
      const claim = claimViewOf(await ports.claims.claim(id), clock.now());
      return reply.code(201).send({ code: shownClaimCode(code), claim });
    },
  );
  app.delete(
    path,
    {
      preParsing,
      schema: {
        tags,
        summary: 'Take the code back, and a secret that was fetched with it and not used yet',
        params: idParams,
        response: { 200: claimSchema, ...problemResponses },
      },
    },
    async (request) => {
      const { id } = request.params;
      const call = { actorId: userOf(request).id, scope: scopeOf(request), of, id };
      accepted(await commit('cancelClaim', call));
      return claimViewOf(await ports.claims.claim(id), clock.now());
    },
  );
}
