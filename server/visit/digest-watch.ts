import type { VisitSettings } from '@carebell/contracts/visit-frequencies.ts';
import { visitSettingsOf } from '@carebell/contracts/visit-frequencies.ts';
import { scopeOf } from '../care-station/organisation-scope.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../device/directory.ts';
import type { Gate } from '../journal/gate.ts';
import { lookEvery } from '../journal/recurring-look.ts';
import { digestTime } from './digest-time.ts';
import type { VisitReads } from './visit-reads.ts';

export type DigestWatchPorts = {
  gate: Pick<Gate, 'commit' | 'store'>;
  clock: Pick<Clock, 'every' | 'now'>;
  directory: Pick<Directory, 'organisations'>;
  reads: Pick<VisitReads, 'isAnyToLookAt' | 'settings' | 'digestsDue' | 'overdueVisits'>;
  timeZone: string;
  troubled(event: string, error: unknown): void;
};

/** Nobody waits for the minute of a daily message. */
const lookEveryMs = 2_000;
const organisationsAtOnce = 20;
/** So few at once that no alarm waits for them: a quarter of a millisecond. */
const toldAtOnce = 50;

/**
 * Tells the people of each organisation once a day what visits are overdue there. What is overdue is read beside the
 * transactions; when it is to be looked at again is a column in the store, so a restart keeps it.
 */
export function watchDigests(ports: DigestWatchPorts): { stop(): void } {
  const { gate, clock, directory, reads, timeZone, troubled } = ports;

  async function look(isStopped: () => boolean): Promise<void> {
    for (;;) {
      const due = await reads.digestsDue(clock.now(), organisationsAtOnce);
      for (const organisation of due) if (isStopped() || !(await lookAt(organisation))) return;
      if (due.length < organisationsAtOnce) return;
    }
  }

  /** `false` while it must be waited. */
  async function lookAt({
    organisationId,
    tier,
    toldDays,
  }: Awaited<ReturnType<VisitReads['digestsDue']>>[number]): Promise<boolean> {
    const nowMs = clock.now();
    const { digestHours } = await settingsOf(organisationId);
    const time = digestTime(digestHours, { nowMs, timeZone, toldDays });
    const { nextAtMs } = time;
    if (time.is === 'now') {
      // A hub that was off must first see which visits were missed meanwhile.
      if (await reads.isAnyToLookAt(nowMs)) return false;
      const scope = scopeOf(organisationId, directory.organisations());
      const overdue = await reads.overdueVisits({ scope, tier, nowMs });
      if (overdue.length > 0) {
        const { day, untilMs } = time;
        const of = { organisationId, tier, day };
        for (let at = 0; at < overdue.length; at += toldAtOnce)
          await gate.commit('markVisitsTold', { ...of, owedIds: overdue.slice(at, at + toldAtOnce) });
        await gate.commit('tellOverdueVisits', { ...of, visits: overdue.length, untilMs, nextAtMs });
        return true;
      }
    }
    await gate.commit('postponeDigest', { organisationId, nextAtMs });
    return true;
  }

  async function settingsOf(organisationId: string): Promise<VisitSettings> {
    const entered = await reads.settings(organisationId);
    return visitSettingsOf(entered.map(({ settings }) => settings).toReversed());
  }

  return lookEvery({
    gate,
    clock,
    everyMs: lookEveryMs,
    look,
    failed: (error) => troubled('visits.digest-failed', error),
  });
}
