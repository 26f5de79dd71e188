import type { MapFrame, MapPlace, OutlineLines } from '@carebell/contracts/map.ts';
import type { Scope } from '../care-station/organisation-scope.ts';

export type MapReads = {
  frame(scope: Scope): Promise<Pick<MapFrame, 'stations' | 'outlines' | 'placed' | 'unplaced'>>;
  /** Dwellings that have a place, in the order of their identifiers. */
  places(query: { scope: Scope; after: string; limit: number }): Promise<MapPlace[]>;
  /** Dwellings of which somebody is away at this time; with whom a carer is stays at home. */
  awayFrom(scope: Scope): Promise<{ dwellingId: string; address: string }[]>;
  outline(organisationId: string): Promise<OutlineLines | undefined>;
};
