import type { Board } from './firmware.ts';

export const boards: readonly Board[] = [];

export function boardFor(driver: string): Board | undefined {
  return boards.find((board) => board.driver === driver);
}
