import type { Scope } from '../care-station/organisation-scope.ts';
import type { BedDevice } from './readiness.ts';
import type { CareBedRecord } from './care-bed-store.ts';

export type CareBedRow = CareBedRecord & {
  residentName: string;
  dwellingId: string;
  address: string;
  stationId: string;
  stationName: string;
  openedByName: string;
  /** Bed sensors, buttons and terminals of the resident, and those of the home that are nobody's. */
  devices: (BedDevice & { id: string; name: string })[];
};

export type CareBedReads = {
  /** By station and address. */
  beds(query: {
    scope: Scope;
    stationId?: string | undefined;
    isEnded: boolean;
    limit: number;
  }): Promise<CareBedRow[]>;
  bed(id: string): Promise<CareBedRow | undefined>;
  /** The open ones of a station: resident and bed. */
  openAt(stationId: string): Promise<ReadonlyMap<string, string>>;
};
