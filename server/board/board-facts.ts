import type { CaseFacts } from '../report/case-facts.ts';
import type { RequestFacts } from '../service-request/request-reads.ts';
import type { RateRow } from '../visit/visit-reads.ts';

/** Where something is counted: at an organisation, mostly a station, and in a grid of it. */
export type Place = { organisationId: string | null; grid: string | null };

export type DeviceTally = {
  all: number;
  /** Those that are waited for, and of them those that are heard. */
  expected: number;
  heard: number;
  notYet: number;
  lowBattery: number;
  buttons: number;
  tested: number;
};

/** All from which the numbers of a part of the organisation follow. */
export type BoardFacts = {
  cases: readonly (Place & CaseFacts)[];
  devices: readonly (Place & DeviceTally)[];
  residents: readonly (Place & { count: number })[];
  users: readonly (Place & { all: number; loggedIn: number; lastLogInMs: number | null })[];
  requests: readonly (Place & RequestFacts)[];
  visits: readonly (Place & RateRow)[];
  /** One of each station. */
  stations: readonly (Place & { hasScreen: boolean; lastHandOverMs: number | null })[];
};

export const noFacts: BoardFacts = {
  cases: [],
  devices: [],
  residents: [],
  users: [],
  requests: [],
  visits: [],
  stations: [],
};

/** The facts in parts by where they are; each fact is in exactly one. */
export function partsOf<K>(facts: BoardFacts, keyOf: (place: Place) => K): Map<K, BoardFacts> {
  const parts = new Map<K, BoardFacts>();
  for (const name of Object.keys(noFacts) as (keyof BoardFacts)[])
    for (const [key, own] of Map.groupBy<K, Place>(facts[name], keyOf))
      parts.set(key, { ...(parts.get(key) ?? noFacts), [name]: own });
  return parts;
}
