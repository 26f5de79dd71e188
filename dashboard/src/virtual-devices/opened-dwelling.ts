import { openedTestDwellingSchema } from '@carebell/contracts/virtual-devices.ts';
import type { OpenedTestDwelling } from '@carebell/contracts/virtual-devices.ts';

const key = 'carebell.virtual-devices';

/** Kept for a reload of this tab and no longer: secrets of virtual devices alone, which the next opening makes void. */
export function readOpened(storage: Pick<Storage, 'getItem'>): OpenedTestDwelling | undefined {
  try {
    return openedTestDwellingSchema.parse(JSON.parse(storage.getItem(key) ?? 'null'));
  } catch {
    return undefined;
  }
}

export function keepOpened(storage: Pick<Storage, 'setItem'>, opened: OpenedTestDwelling): void {
  storage.setItem(key, JSON.stringify(opened));
}
