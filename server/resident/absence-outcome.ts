import type { SpanRefusal } from './absence.ts';
import type { AbsenceRecord } from './absence-store.ts';
import type { RegistryRefusal } from './registry-outcome.ts';

/** Why an absence was not entered or changed. `other` is the one that stands in its way. */
export type AbsenceRefusal =
  | Extract<RegistryRefusal, { ok: false }>
  | { ok: false; reason: SpanRefusal; field: 'from' | 'until' }
  | { ok: false; reason: 'absence-overlaps'; other: Pick<AbsenceRecord, 'kind' | 'fromMs' | 'untilMs'> }
  | { ok: false; reason: 'absence-over' };
export type AbsenceOutcome = { ok: true; id: string } | AbsenceRefusal;
