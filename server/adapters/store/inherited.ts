import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

export type Inherited<Item> = {
  /** Without one it is the hub's own. */
  organisationId: string | null;
  organisationName: string | null;
  items: Item[];
};

/** What the organisations above have entered, the nearest first, and last what the hub itself brings along. */
export async function inheritedFrom<Item>(
  db: Kysely<Tables>,
  above: readonly string[],
  { entered, ofHub }: { entered: readonly (readonly Item[] | undefined)[]; ofHub: readonly Item[] },
): Promise<Inherited<Item>[]> {
  const names = await db
    .selectFrom('organisations')
    .select(['id', 'name'])
    .where('id', 'in', above.length === 0 ? [''] : above)
    .execute();
  return [
    ...above.map((id, index) => ({
      organisationId: id,
      organisationName: names.find((row) => row.id === id)?.name ?? null,
      items: [...(entered[index] ?? [])],
    })),
    { organisationId: null, organisationName: null, items: [...ofHub] },
  ];
}
