import type { Board } from './firmware.ts';
import { mysensorsBoard } from './mysensors.ts';
import { rflinkBoard } from './rflink.ts';
import { rfxtrxBoard } from './rfxtrx.ts';
import { sonoffRfBoard } from './sonoff-rf.ts';

export const boards: readonly Board[] = [rflinkBoard, sonoffRfBoard, rfxtrxBoard, mysensorsBoard];

export function boardFor(driver: string): Board | undefined {
  return boards.find((board) => board.driver === driver);
}
