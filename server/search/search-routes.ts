import { searchQuerySchema, searchResultSchema } from '@carebell/contracts/search.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { readsMasked } from '../identity/masking.ts';
import { may } from '../identity/rights.ts';
import type { Action } from '../identity/rights.ts';
import type { SearchKind, SearchReads } from './search-reads.ts';
import { searchTermsOf } from './search-text.ts';

const rightTo: Record<SearchKind, Action> = {
  resident: 'resident.read',
  dwelling: 'registry.read',
  device: 'device.read',
};

export function searchRoutes({
  authorization,
  reads,
}: {
  authorization: Authorization;
  reads: SearchReads;
}): RouteGroup {
  const { requires, userOf, scopeOf } = authorization;
  return (app) => {
    app.get(
      '/search',
      {
        preParsing: requires('registry.read'),
        schema: {
          tags: ['search'],
          summary:
            'Residents, dwellings and devices by name, pinyin, telephone number, address or identifier',
          querystring: searchQuerySchema,
          response: { 200: searchResultSchema, ...problemResponses },
        },
      },
      async (request) => {
        const { q, limit } = request.query;
        const { role } = userOf(request);
        const kinds = (['resident', 'dwelling', 'device'] as const).filter((kind) =>
          // Whoever finds a name by searching for it has read it.
          kind === 'resident' && readsMasked(role) ? false : may(role, rightTo[kind]),
        );
        return reads.find({ terms: searchTermsOf(q), scope: scopeOf(request), limit, kinds });
      },
    );
  };
}
