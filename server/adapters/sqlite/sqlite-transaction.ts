import type { DatabaseSync } from 'node:sqlite';
import type { Kysely } from 'kysely';
import { RepeatMet } from '../../journal/transaction.ts';
import type { NewEvent, Touched, Transaction } from '../../journal/transaction.ts';
import { createAbsenceStore } from '../store/absence-store.ts';
import { createAlarmStore } from '../store/alarm-store.ts';
import { createCareBedStore } from '../store/care-bed-store.ts';
import { createClaimStore } from '../store/claim-store.ts';
import { createCommandStore } from '../store/command-store.ts';
import { createCommissioningStore } from '../store/commissioning-store.ts';
import { createDeviceStore } from '../store/device-store.ts';
import { createDrillStore } from '../store/drill-store.ts';
import { createDutyStore } from '../store/duty-store.ts';
import { createExchangeStore } from '../store/exchange-store.ts';
import { createClockStore } from '../store/hub-clock-store.ts';
import { createHandlingStore } from '../store/handling-store.ts';
import { createHistoryStore } from '../store/history-store.ts';
import { createEscalationStore } from '../store/escalation-store.ts';
import { createIdentityStore } from '../store/identity-store.ts';
import { createNotificationStore } from '../store/notification-store.ts';
import { createRequestStore } from '../store/request-store.ts';
import { createRefusalStore } from '../store/refusal-store.ts';
import { createRegistryStore } from '../store/registry-store.ts';
import { createSupervisionStore } from '../store/supervision-store.ts';
import { createMaintenanceStore } from '../store/maintenance-store.ts';
import { createUnknownStore } from '../store/unknown-device-store.ts';
import { createDigestStore } from '../store/digest-store.ts';
import { createVisitStore } from '../store/visit-store.ts';
import type { KeptQueries } from '../store/kept-queries.ts';
import { createOutlineStore } from '../store/map-reads.ts';
import { createMonthlyStore } from '../store/monthly-store.ts';
import { createReviewStore } from '../store/review-store.ts';
import { createSecondFactorStore } from '../store/second-factor-store.ts';
import type { Tables } from '../store/tables.ts';
import { createTestModeStore } from '../store/test-mode-store.ts';
import { createDetectionRows } from './detection-rows.ts';
import { createDeviceIndex } from './device-index.ts';
import { createEventKeys } from './event-keys.ts';
import { newRecordId } from './record-id.ts';
import { createHeardEvents } from './heard-events.ts';
import { createJournalLines } from './journal-lines.ts';
import { keepStatements } from './kept-statements.ts';
import { rowsAtOnce } from './rows-at-once.ts';

/**
 * The transaction port on the connection that writes. One object serves every batch, because batches follow one another;
 * `begin` sets the time and forgets what the last batch touched.
 */
export function createTransaction(
  db: DatabaseSync,
  queries: Kysely<Tables>,
  kept: KeptQueries = keepStatements(db),
): { tx: Transaction; begin: (nowMs: number) => void } {
  const touched: Touched = {
    alarms: new Set(),
    devices: new Set(),
    requests: new Set(),
    commandsFor: new Set(),
    directory: new Set(),
  };
  const lines = createJournalLines(db);
  const eventKeys = createEventKeys(db);
  const deviceIndex = createDeviceIndex(db);
  const heardEvents = createHeardEvents(db);

  const tx: Transaction = {
    nowMs: 0,
    newId: newRecordId,
    append: (entry) => Promise.resolve(lines.append(entry)),
    skipNumbers(count) {
      db.prepare(`UPDATE sqlite_sequence SET seq = seq + ? WHERE name = 'journal'`).run(count);
      return Promise.resolve();
    },
    claimEvent: (deviceId, eventId) => Promise.resolve(eventKeys.claim(deviceId, eventId, tx.nowMs)),
    appendEvents(events) {
      appendAll(events);
      return Promise.resolve();
    },
    heardAround: (about) => Promise.resolve(heardEvents.around(about)),
    forgetEvents: (atMost) => Promise.resolve(eventKeys.forget(tx.nowMs, atMost)),
    indexByDevice: (atMost) => Promise.resolve(deviceIndex.follow(atMost)),
    absences: createAbsenceStore(queries),
    alarms: createAlarmStore(queries, kept),
    careBeds: createCareBedStore(queries),
    claims: createClaimStore(queries),
    clock: createClockStore(queries),
    commands: createCommandStore(queries, kept),
    commissionings: createCommissioningStore(queries),
    detection: createDetectionRows(db),
    devices: createDeviceStore(queries, kept, touched),
    exchanges: createExchangeStore(queries, kept),
    registry: createRegistryStore(queries),
    identity: createIdentityStore(queries),
    drills: createDrillStore(queries),
    duty: createDutyStore(queries),
    escalation: createEscalationStore(queries, kept),
    notifications: createNotificationStore(queries, kept),
    handling: createHandlingStore(queries),
    history: createHistoryStore(queries),
    refusals: createRefusalStore(queries),
    requests: createRequestStore(queries),
    reviews: createReviewStore(queries),
    secondFactors: createSecondFactorStore(queries),
    monthly: createMonthlyStore(queries),
    outlines: createOutlineStore(queries),
    supervision: createSupervisionStore(queries, kept),
    testModes: createTestModeStore(queries, kept),
    unknown: createUnknownStore(queries, kept, touched),
    visits: createVisitStore(queries),
    digests: createDigestStore(queries),
    maintenance: createMaintenanceStore(queries, kept),
    touched,
    async attempt(work, isKept) {
      const sets = Object.values(touched) as Set<unknown>[];
      const before = sets.map((set) => new Set(set));
      db.exec('SAVEPOINT attempt');
      const result = await work();
      if (!isKept(result)) {
        db.exec('ROLLBACK TO attempt');
        for (const [index, set] of sets.entries()) {
          set.clear();
          for (const value of before[index] ?? []) set.add(value);
        }
      }
      db.exec('RELEASE attempt');
      return result;
    },
  };

  function appendAll(events: readonly NewEvent[]): void {
    let at = 0;
    for (; at + rowsAtOnce <= events.length; at += rowsAtOnce) {
      const some = events.slice(at, at + rowsAtOnce);
      if (!eventKeys.claimMany(some, tx.nowMs)) throw new RepeatMet();
      lines.appendMany(some);
    }
    for (const event of events.slice(at)) {
      if (!eventKeys.claim(event.entry.deviceId, event.eventId, tx.nowMs)) throw new RepeatMet();
      lines.append(event.entry);
    }
  }

  return {
    tx,
    begin(nowMs) {
      tx.nowMs = nowMs;
      // Clearing makes a new table, even of an empty set, and this comes with every commit.
      for (const set of Object.values(touched)) if (set.size > 0) set.clear();
    },
  };
}
