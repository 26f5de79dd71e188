import type { Scope } from '../care-station/organisation-scope.ts';
import type { BoardFacts } from './board-facts.ts';

export type BoardSpan = { fromMs: number; toMs: number; nowMs: number; scope: Scope };

/** What boards count beside the steps of alarms, already added up by station and grid. */
export type BoardReads = {
  /** `users` are those of the organisations of the scope; `grid` is always `null` of them and of stations. */
  facts(span: BoardSpan): Promise<Pick<BoardFacts, 'devices' | 'residents' | 'users' | 'stations'>>;
  /** Which residents of a station live in which of its grids. */
  gridsOfResidents(stationId: string): Promise<ReadonlyMap<string, string>>;
  /** In which grid of their station the homes of these alarms lie; those in none are left out. */
  gridsOfCases(span: Omit<BoardSpan, 'nowMs'>): Promise<ReadonlyMap<string, string>>;
  /** Residents of one grid of a station, or in none, by address. */
  residentsIn(query: {
    stationId: string;
    grid: string | null;
    atMost: number;
  }): Promise<{ id: string; name: string; address: string }[]>;
};
