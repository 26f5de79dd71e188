import type { SearchResult } from '@carebell/contracts/search.ts';
import type { Scope } from '../care-station/organisation-scope.ts';

export type SearchKind = 'resident' | 'dwelling' | 'device';

export type SearchReads = {
  /** The best matches of each kind first: those that begin with the words, then those that contain them. */
  find(query: {
    terms: readonly (readonly string[])[];
    scope: Scope;
    limit: number;
    kinds: readonly SearchKind[];
  }): Promise<SearchResult>;
};
