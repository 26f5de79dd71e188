/**
 * Why a change of the registry was refused, and which field says so. What lies outside the user's part of the
 * organisation is answered as unknown, so that identifiers cannot be probed.
 */
export type RegistryRefusal = {
  ok: false;
  reason:
    | 'not-found'
    | 'already-exists'
    | 'reference-unknown'
    | 'reference-mismatch'
    | 'field-missing'
    | 'gateway-missing'
    | 'heard-as-taken'
    | 'shift-overlaps'
    | 'changed-meanwhile';
  field: string;
  /** The device that has it, of a reason that says that another one does. */
  takenBy?: string;
};
export type RegistryOutcome = { ok: true; id: string } | RegistryRefusal;

export function refused(
  reason: RegistryRefusal['reason'],
  field: string,
  more: Pick<RegistryRefusal, 'takenBy'> = {},
): RegistryRefusal {
  return { ok: false, reason, field, ...more };
}

/** The change was made from an older state of the record. One that does not say from which is always taken. */
export function isOutdated(record: { version: number }, change: { version?: number | undefined }): boolean {
  return change.version !== undefined && change.version !== record.version;
}

/** The fields that a change names; those left out stay as they are. */
export function changedFields(change: Record<string, unknown>): string[] {
  return Object.keys(change).filter((field) => change[field] !== undefined);
}

/** Puts a change over a record: a field that is absent, or present without a value, stays as it is. */
export function withChange<T extends object>(record: T, change: { [K in keyof T]?: T[K] | undefined }): T {
  const changed = { ...record };
  for (const field of Object.keys(change) as (keyof T)[]) {
    const value = change[field];
    if (value !== undefined) changed[field] = value;
  }
  return changed;
}
