import type { UnknownDevice } from '@carebell/contracts/unknown-devices.ts';
import type { Scope } from '../care-station/organisation-scope.ts';

export type UnknownReads = {
  /** The latest heard first; a cursor is where the page before ended. */
  unknownDevices(query: {
    scope: Scope;
    stationId?: string | undefined;
    gatewayId?: string | undefined;
    isDismissed: boolean;
    after: string | undefined;
    limit: number;
  }): Promise<{ items: UnknownDevice[]; cursor: string | null }>;
};
