import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';

export type MedicalView = {
  actorId: string;
  /** Whose; several of a list. */
  residentIds: readonly string[];
  via: 'resident' | 'residents' | 'alarm' | 'case-file' | 'absences' | 'visits';
  /** The alarm from which it was seen, or that the reader has open of this resident. */
  alarmId: string | null;
  stationId: string | null;
};

export type MedicalViews = { record(view: MedicalView): void };

/** A page that is fetched anew at every change is one view. */
const sameViewMs = 600_000;
const keptViews = 5_000;

/**
 * Records who saw whose medical data. It is not waited for: who stands before an emergency reads the notes also while the
 * hub cannot store, and that the view could not be recorded is reported.
 */
export function recordMedicalViews(ports: {
  commit: Gate['commit'];
  clock: Pick<Clock, 'now'>;
  troubled(event: string, error: unknown): void;
}): MedicalViews {
  const seenAt = new Map<string, number>();
  return {
    record(view) {
      if (view.residentIds.length === 0) return;
      const key = [view.actorId, view.via, view.alarmId, ...view.residentIds].join(' ');
      const nowMs = ports.clock.now();
      const before = seenAt.get(key);
      if (before !== undefined && nowMs - before < sameViewMs) return;
      if (seenAt.size >= keptViews) seenAt.clear();
      seenAt.set(key, nowMs);
      ports.commit('recordMedicalView', view).catch((error: unknown) => {
        seenAt.delete(key);
        ports.troubled('medical-view.not-recorded', error);
      });
    },
  };
}
