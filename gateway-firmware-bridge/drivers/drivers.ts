import type { Driver } from './driver.ts';

/** Every firmware that the bridge understands. A new one is a file beside this one and a line here. */
export const drivers: readonly Driver[] = [];

export function driverNamed(name: string): Driver | undefined {
  return drivers.find((driver) => driver.name === name);
}
