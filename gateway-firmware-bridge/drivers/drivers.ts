import type { Driver } from './driver.ts';
import { espa444 } from './espa-444.ts';
import { loraAt } from './lora-at.ts';
import { modbusRtu } from './modbus-rtu.ts';
import { mr60fda1 } from './mr60fda1.ts';
import { mysensors } from './mysensors.ts';
import { rflink } from './rflink.ts';
import { rfxtrx } from './rfxtrx.ts';
import { sonoffRf } from './sonoff-rf.ts';

/** Every firmware that the bridge understands. A new one is a file beside this one and a line here. */
export const drivers: readonly Driver[] = [
  rflink,
  sonoffRf,
  rfxtrx,
  mysensors,
  mr60fda1,
  loraAt,
  espa444,
  modbusRtu,
];

export function driverNamed(name: string): Driver | undefined {
  return drivers.find((driver) => driver.name === name);
}
