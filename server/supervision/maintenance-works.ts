import type { TestInterval } from '@carebell/contracts/supervision.ts';
import type { Transaction } from '../journal/transaction.ts';

/** How often the buttons of a station are to be tested. */
export async function setTestRule(
  tx: Transaction,
  { stationId, every }: { stationId: string; every: TestInterval },
): Promise<void> {
  await tx.supervision.setTestRule(stationId, every);
}

export const maintenanceWorks = { setTestRule };
