import { shownClaimCode } from '@carebell/contracts/claim-code.ts';
import { claimSchema, issuedClaimSchema } from '@carebell/contracts/claims.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { CarebellApp } from '../http-api/app-types.ts';
import { idParams } from '../http-api/route-parts.ts';
import { accepted, visible } from '../resident/registry-answers.ts';
import { claimViewOf } from './claim.ts';
import type { DeviceRoutePorts } from './device-route-ports.ts';

/** Codes by which a device fetches its secret itself, so that nobody has to type it. */
export function addClaimRoutes(app: CarebellApp, ports: DeviceRoutePorts): void {
  const { authorization, commit, reads, clock, newClaimCode, hashSecret } = ports;
  const { requires, userOf, scopeOf } = authorization;
  const preParsing = requires('device.write');
  const tags = ['devices'];
  const path = '/devices/:id/claim';

  app.get(
    path,
    {
      preParsing,
      schema: {
        tags,
        summary: 'How far a device has come with its code',
        params: idParams,
        response: { 200: claimSchema, ...problemResponses },
      },
    },
    async (request) => {
      const { id } = request.params;
      const device = await reads.device(id);
      visible(device, scopeOf(request), device?.stationId);
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
      const call = { actorId: userOf(request).id, scope: scopeOf(request), id };
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
      accepted(await commit('cancelClaim', { actorId: userOf(request).id, scope: scopeOf(request), id }));
      return claimViewOf(await ports.claims.claim(id), clock.now());
    },
  );
}
