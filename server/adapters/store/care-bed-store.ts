import type { Kysely } from 'kysely';
import type { CareBedRecord, CareBedStore } from '../../care-bed/care-bed-store.ts';
import { opened, sealed } from './sealed-texts.ts';
import type { Tables } from './tables.ts';

/** A bed with what is sealed of it opened. */
export const openedBed = [
  opened('care_beds.carers').as('carers'),
  opened('care_beds.respites').as('respites'),
  opened('care_beds.note').as('note'),
] as const;

export function createCareBedStore(db: Kysely<Tables>): CareBedStore {
  const all = () => db.selectFrom('care_beds').selectAll().select(openedBed);
  return {
    async load(id) {
      const row = await all().where('id', '=', id).executeTakeFirst();
      return row && careBedOf(row);
    },
    async openOf(residentId) {
      const row = await all()
        .where('resident_id', '=', residentId)
        .where('ended_at', 'is', null)
        .executeTakeFirst();
      return row && careBedOf(row);
    },
    async insert(bed) {
      await db
        .insertInto('care_beds')
        .values({ id: bed.id, resident_id: bed.residentId, ...columnsOf(bed), version: bed.version })
        .execute();
    },
    async update(bed) {
      await db
        .updateTable('care_beds')
        .set({ ...columnsOf(bed), version: bed.version + 1 })
        .where('id', '=', bed.id)
        .execute();
    },
  };
}

type BedRow = {
  id: string;
  resident_id: string;
  carers: string;
  respites: string;
  note: string;
  opened_at: number;
  opened_by: string;
  ended_at: number | null;
  ended_by: string | null;
  end_reason: string | null;
  version: number;
};

export function careBedOf(row: BedRow): CareBedRecord {
  return {
    id: row.id,
    residentId: row.resident_id,
    carers: JSON.parse(row.carers) as CareBedRecord['carers'],
    respites: JSON.parse(row.respites) as CareBedRecord['respites'],
    note: row.note,
    openedAtMs: row.opened_at,
    openedBy: row.opened_by,
    endedAtMs: row.ended_at,
    endedBy: row.ended_by,
    endReason: row.end_reason,
    version: row.version,
  };
}

function columnsOf(bed: CareBedRecord) {
  return {
    carers: sealed('care_beds.carers', bed.id, JSON.stringify(bed.carers)),
    respites: sealed('care_beds.respites', bed.id, JSON.stringify(bed.respites)),
    note: sealed('care_beds.note', bed.id, bed.note),
    opened_at: bed.openedAtMs,
    opened_by: bed.openedBy,
    ended_at: bed.endedAtMs,
    ended_by: bed.endedBy,
    end_reason: bed.endReason,
  };
}
