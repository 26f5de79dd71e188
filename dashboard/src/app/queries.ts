import { QueryCache, QueryClient } from '@tanstack/react-query';
import { HubProblem } from '../api/hub-problem.ts';

/** How pages ask the hub. Whoever is told that the session has ended ends it for all pages. */
export function makeQueries(): QueryClient {
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof HubProblem && error.problem.status === 401)
          queries.setQueryData(['session'], null);
      },
    }),
    defaultOptions: {
      // Whether the hub can be reached is found out by asking it; the browser knows only of its own cable.
      mutations: { networkMode: 'always' },
      queries: {
        networkMode: 'always',
        refetchOnWindowFocus: false,
        retry: (failures, error) =>
          failures < 3 && !(error instanceof HubProblem && isFinal(error.problem.status)),
      },
    },
  });
  return queries;
}

/** Asking again changes nothing for these; a hub that is unreachable or overloaded is asked again. */
function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 429;
}
