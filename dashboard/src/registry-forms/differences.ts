import { isSame } from './form-fields.ts';
import type { Field, Values } from './form-fields.ts';

export type Difference = {
  field: Field;
  before: unknown;
  mine: unknown;
  theirs: unknown;
  /** What is kept unless the person says otherwise: their own change, and everybody else's where they made none. */
  kept: 'mine' | 'theirs';
};

/** Where a form and the record as somebody else has left it differ, field by field. */
export function differencesOf(
  fields: readonly Field[],
  { before, mine, theirs }: { before: Values; mine: Values; theirs: Values },
): Difference[] {
  return fields.flatMap((field): Difference[] => {
    const { name } = field;
    if (isSame(mine[name] ?? null, theirs[name] ?? null)) return [];
    const isMineUnchanged = isSame(mine[name] ?? null, before[name] ?? null);
    return [
      {
        field,
        before: before[name],
        mine: mine[name],
        theirs: theirs[name],
        kept: isMineUnchanged ? 'theirs' : 'mine',
      },
    ];
  });
}

/** The values to save: the record as it is now, with what the person keeps of their own. */
export function merged(
  theirs: Values,
  differences: readonly Difference[],
  choices: Readonly<Record<string, 'mine' | 'theirs'>>,
): Values {
  const values = { ...theirs };
  for (const { field, mine, kept } of differences) {
    if ((choices[field.name] ?? kept) === 'mine') values[field.name] = mine;
  }
  return values;
}
