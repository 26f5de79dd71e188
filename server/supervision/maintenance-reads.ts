import type { BatteryList, TestCoverage } from '@carebell/contracts/supervision.ts';

export type MaintenanceReads = {
  /** The lowest first. */
  lowestBatteries(
    stationIds: readonly string[] | 'all',
    atMost: number,
  ): Promise<Omit<BatteryList['items'][number], 'emptyAt'>[]>;
  testCoverage(stationIds: readonly string[] | 'all', nowMs: number): Promise<TestCoverage['items']>;
};
