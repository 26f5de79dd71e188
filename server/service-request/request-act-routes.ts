import type { Person } from '@carebell/contracts/alarm-view.ts';
import {
  arrangeBodySchema,
  cancelBodySchema,
  doneBodySchema,
  feedbackBodySchema,
  handOverAnswerBodySchema,
  handOverRequestBodySchema,
  offerAnswerBodySchema,
  offerBodySchema,
  refuseBodySchema,
  requestChangeSchema,
  requestNoteSchema,
  serviceRequestSchema,
  takeRequestBodySchema,
} from '@carebell/contracts/service-requests.ts';
import type { ServiceRequest } from '@carebell/contracts/service-requests.ts';
import type { z } from 'zod';
import type { Scope } from '../care-station/organisation-scope.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { idParams } from '../http-api/route-parts.ts';
import type { Gate } from '../journal/gate.ts';
import { acceptedRequest } from './request-answers.ts';
import type { RequestOutcome } from './request-works.ts';

type Ports = Pick<Authorization, 'requires' | 'userOf' | 'scopeOf'> & {
  commit: Gate['commit'];
  requestAfter(id: string): Promise<ServiceRequest>;
};
type Call = { id: string; user: Person; scope: Scope };

const toMs = (at: string | null): number | null => (at === null ? null : Date.parse(at));

/** What users do to a request. Each answers with the request as it is afterwards. */
export function requestActRoutes({ requires, userOf, scopeOf, commit, requestAfter }: Ports): RouteGroup {
  return (app) => {
    function act<B extends z.ZodType>(
      path: string,
      summary: string,
      body: B,
      work: (call: Call, body: z.output<B>) => Promise<RequestOutcome>,
      method: 'POST' | 'PATCH' = 'POST',
    ): void {
      app.route({
        method,
        url: `/requests/:id${path}`,
        preParsing: requires('request.write'),
        schema: {
          tags: ['requests'],
          summary,
          params: idParams,
          body,
          response: { 200: serviceRequestSchema, ...problemResponses },
        },
        async handler(request) {
          const { id } = request.params;
          const { id: userId, displayName } = userOf(request);
          const call = { id, user: { id: userId, displayName }, scope: scopeOf(request) };
          const outcome = await work(call, request.body as z.output<B>);
          await acceptedRequest(outcome, () => requestAfter(id));
          return requestAfter(id);
        },
      });
    }

    act(
      '',
      'Enter what the resident said',
      requestChangeSchema,
      ({ id, scope, user }, change) => {
        const { details, note, wishedAt, version } = change;
        const wishedAtMs = wishedAt === undefined ? undefined : toMs(wishedAt);
        return commit('actOnRequest', {
          id,
          scope,
          version,
          input: { type: 'change', user, details, note, wishedAtMs },
        });
      },
      'PATCH',
    );
    act('/take', 'Take a request, or take it over', takeRequestBodySchema, ({ id, scope, user }, body) =>
      commit('actOnRequest', { id, scope, input: { type: 'take', user, takeOver: body.takeOver === true } }),
    );
    act('/notes', 'Add a note to its time line', requestNoteSchema, ({ id, scope, user }, { note }) =>
      commit('actOnRequest', { id, scope, input: { type: 'note', user, note } }),
    );
    act('/offer', 'Ask a provider of the service', offerBodySchema, (call, body) =>
      commit('offerRequest', { ...call, ...body }),
    );
    act(
      '/offer-answer',
      'Enter what the provider said on the telephone, or withdraw the offer',
      offerAnswerBodySchema,
      ({ id, scope, user }, body) => {
        const { note } = body;
        switch (body.answer) {
          case 'withdrawn':
            return commit('actOnRequest', { id, scope, input: { type: 'withdraw-offer', user, note } });
          case 'accepted': {
            const answer = { is: 'accepted', forMs: toMs(body.for) } as const;
            return commit('answerOfferByPhone', { id, scope, user, answer, note });
          }
          case 'refused': {
            const answer = { is: 'refused', reason: body.reason } as const;
            return commit('answerOfferByPhone', { id, scope, user, answer, note });
          }
        }
      },
    );
    act('/arrange', 'Enter who comes and when', arrangeBodySchema, (call, { for: at, ...body }) =>
      commit('arrangeRequest', { ...call, ...body, forMs: toMs(at) }),
    );
    act('/hand-over', 'Ask another organisation to take it', handOverRequestBodySchema, (call, body) =>
      commit('handOverRequest', { ...call, ...body }),
    );
    act(
      '/hand-over-answer',
      'Accept or decline what another organisation hands over',
      handOverAnswerBodySchema,
      ({ id, scope, user }, { answer, note }) =>
        commit('actOnRequest', { id, scope, input: { type: `hand-over-${answer}`, user, note } }),
    );
    act('/done', 'Enter that it was done', doneBodySchema, ({ id, scope, user }, { note }) =>
      commit('actOnRequest', { id, scope, input: { type: 'done', user, note } }),
    );
    act('/feedback', 'Enter how the resident found it', feedbackBodySchema, ({ id, scope, user }, body) =>
      commit('actOnRequest', { id, scope, input: { type: 'feedback', user, ...body } }),
    );
    act('/refuse', 'The station cannot help', refuseBodySchema, ({ id, scope, user }, body) =>
      commit('actOnRequest', { id, scope, input: { type: 'refuse', user, ...body } }),
    );
    act('/cancel', 'It is no longer wanted', cancelBodySchema, ({ id, scope, user }, body) =>
      commit('actOnRequest', { id, scope, input: { type: 'cancel', user, ...body } }),
    );
  };
}
