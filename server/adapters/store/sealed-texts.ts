import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { sealedColumns } from '../sealing/sealed-columns.ts';
import type { SealedColumn } from '../sealing/sealed-columns.ts';

/** A text as it lies in the store: read it by {@link opened}, write it by {@link sealed}. */
export type Sealed = { readonly isSealed: never };

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
