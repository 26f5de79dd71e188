import type { Driver } from './driver.ts';
import { espa444 } from './espa-444.ts';
import { loraAt } from './lora-at.ts';
import { mr60fda1 } from './mr60fda1.ts';

/** Every firmware that the bridge understands. A new one is a file beside this one and a line here. */
export const drivers: readonly Driver[] = [espa444, loraAt, mr60fda1];

export function driverNamed(name: string): Driver | undefined {
  return drivers.find((driver) => driver.name === name);
}
