import type { Kysely } from 'kysely';
import { dispatchPeople } from '../../dispatch/dispatch-people.ts';
import type { DispatchReads } from '../../dispatch/dispatch-reads.ts';
import { createChannelLookup } from '../../notification/channel-lookup.ts';
import { createEscalationStore } from './escalation-store.ts';
import { keepQueriesOf } from './kept-queries.ts';
import { createNotificationStore } from './notification-store.ts';
import { createRegistryStore } from './registry-store.ts';
import type { Tables } from './tables.ts';

export function createDispatchReads(db: Kysely<Tables>): DispatchReads {
  const kept = keepQueriesOf(db);
  const escalation = createEscalationStore(db, kept);
  const stores = { notifications: createNotificationStore(db, kept), registry: createRegistryStore(db) };
  return {
    async people(subject, nowMs) {
      const lookUp = createChannelLookup(stores);
      const people = await dispatchPeople(
        {
          escalation,
          nowMs,
          isServed: async (stationId, address) =>
            (await lookUp(stationId, address))?.health.suspendedAtMs === null,
        },
        subject,
      );
      return people.map(({ person }) => person);
    },
  };
}
