import type { OutlineLines } from '@carebell/contracts/map.ts';

export type OutlineStore = {
  put(organisationId: string, lines: OutlineLines, nowMs: number): Promise<void>;
  remove(organisationId: string): Promise<void>;
};
