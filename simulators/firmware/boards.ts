import { espa444Board } from './espa-444.ts';
import type { Board } from './firmware.ts';
import { rylrBoard } from './lora-at.ts';
import { modbusRtuBoard } from './modbus-rtu.ts';
import { mr60fda1Board } from './mr60fda1.ts';
import { mysensorsBoard } from './mysensors.ts';
import { rflinkBoard } from './rflink.ts';
import { rfxtrxBoard } from './rfxtrx.ts';
import { sonoffRfBoard } from './sonoff-rf.ts';

export const boards: readonly Board[] = [
  rflinkBoard,
  sonoffRfBoard,
  rfxtrxBoard,
  mysensorsBoard,
  mr60fda1Board,
  rylrBoard,
  espa444Board,
  modbusRtuBoard,
];

export function boardFor(driver: string): Board | undefined {
  return boards.find((board) => board.driver === driver);
}
