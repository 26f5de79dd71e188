import type { Carer, NewRespite } from '@carebell/contracts/care-beds.ts';

export type RespiteRecord = NewRespite & { id: string };
export type CareBedRecord = {
  id: string;
  residentId: string;
  carers: readonly Carer[];
  respites: readonly RespiteRecord[];
  note: string;
  openedAtMs: number;
  openedBy: string;
  endedAtMs: number | null;
  endedBy: string | null;
  endReason: string | null;
  version: number;
};

export type CareBedStore = {
  load(id: string): Promise<CareBedRecord | undefined>;
  /** The one that has not ended. */
  openOf(residentId: string): Promise<CareBedRecord | undefined>;
  insert(bed: CareBedRecord): Promise<void>;
  /** Writes it with the next version. */
  update(bed: CareBedRecord): Promise<void>;
};
