import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';

/** A text as it lies in the store: read it by {@link opened}, write it by {@link sealed}. */
export type Sealed = { readonly isSealed: never };

const unreadable = '〔无法解密 / cannot be opened〕';

/**
 * The columns that are sealed, by which column their row is known and what stands for a cell that no key opens: an alarm goes on
 * without it. Changing a name here makes what was sealed under the old one unreadable.
 */
export const sealedColumns = {
  'residents.phone': { row: 'id', instead: null },
  'residents.medical_notes': { row: 'id', instead: unreadable },
  'residents.handling_notes': { row: 'id', instead: unreadable },
  'residents.contacts': { row: 'id', instead: '[]' },
  'dwellings.access': { row: 'id', instead: unreadable },
  'user_addresses.addresses': { row: 'user_id', instead: '[]' },
  'absences.note': { row: 'id', instead: unreadable },
  'notifications.channels': { row: 'id', instead: '[]' },
  'care_beds.carers': { row: 'id', instead: '[]' },
  'care_beds.respites': { row: 'id', instead: '[]' },
  'care_beds.note': { row: 'id', instead: unreadable },
  'visits.findings': {
    row: 'id',
    instead: `{"condition":null,"hazards":[],"wishes":"","note":"${unreadable}"}`,
  },
  'visit_follow_ups.text': { row: 'id', instead: unreadable },
  'visit_follow_ups.done_note': { row: 'id', instead: unreadable },
  // Without its secret no code is right: an administrator takes the factor away.
  'second_factors.secret': { row: 'user_id', instead: '' },
  'second_factors.recovery_hashes': { row: 'user_id', instead: '[]' },
  'visit_plans.note': { row: 'resident_id', instead: unreadable },
  // Residents' entries only: they hold the telephone numbers and contacts too. The others hold addresses.
  'search_entries.text': { row: 'id', instead: '' },
} as const;
export type SealedColumn = keyof typeof sealedColumns;

type Opened<C extends SealedColumn> = C extends 'residents.phone' ? string | null : string;
type Text = string | RawBuilder<string>;
type TextOf<C extends SealedColumn> = C extends 'residents.phone' ? Text | null : Text;

/** `null` where a left join found no row. */
export function opened<C extends SealedColumn>(column: C): RawBuilder<Opened<C>> {
  const { row, instead } = sealedColumns[column];
  const [table] = column.split('.');
  return sql<
    Opened<C>
  >`unseal(${sql.lit(column)}, ${sql.ref(`${table}.${row}`)}, ${sql.ref(column)}, ${sql.lit(instead)})`;
}

/** What is to be written into this column of this row. */
export function sealed<C extends SealedColumn>(column: C, row: Text, text: TextOf<C>): RawBuilder<Sealed> {
  return sql<Sealed>`seal(${sql.lit(column)}, ${row}, ${text})`;
}

export type OpenedResident = {
  phone: string | null;
  medical_notes: string;
  handling_notes: string;
  contacts: string;
};

/** A resident's sealed columns, to be selected after all of the row, in whose place they come. */
export const openedResident = [
  opened('residents.phone').as('phone'),
  opened('residents.medical_notes').as('medical_notes'),
  opened('residents.handling_notes').as('handling_notes'),
  opened('residents.contacts').as('contacts'),
] as const;

export const openedAccess = opened('dwellings.access').as('access');
