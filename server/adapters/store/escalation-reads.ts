import type { Duty } from '@carebell/contracts/escalation.ts';
import type { Kysely } from 'kysely';
import { instantOrNull } from '../../clock.ts';
import { defaultPolicies } from '../../escalation/default-policies.ts';
import type { EscalationReads } from '../../escalation/escalation-reads.ts';
import type { StaffMember } from '../../escalation/escalation-store.ts';
import { onDuty } from '../../escalation/recipients.ts';
import { createEscalationStore } from './escalation-store.ts';
import { inheritedFrom } from './inherited.ts';
import { keepQueriesOf } from './kept-queries.ts';
import type { Tables } from './tables.ts';

export function createEscalationReads(db: Kysely<Tables>): EscalationReads {
  const store = createEscalationStore(db, keepQueriesOf(db));
  return {
    async policies(organisationId) {
      const own = await store.policies(organisationId);
      const above = (await store.lineage(organisationId)).slice(1).map(({ id }) => id);
      const entered = above.length === 0 ? [] : await store.policiesOf(above);
      const inherited = await inheritedFrom(db, above, { entered, ofHub: defaultPolicies });
      return {
        version: own?.version ?? 0,
        policies: own?.policies ?? [],
        inherited: inherited.map(({ items, ...by }) => ({ ...by, policies: items })),
      };
    },
    async duty(organisationId, nowMs) {
      const members = await store.staffOf([organisationId], nowMs);
      const people = onDuty(members);
      const [first] = people;
      const until = await db
        .selectFrom('duty')
        .select('until_at')
        .where('organisation_id', '=', organisationId)
        .where((where) => where.or([where('until_at', 'is', null), where('until_at', '>', nowMs)]))
        .limit(1)
        .executeTakeFirst();
      return {
        source: sourceOf(first),
        until: first?.isEntered ? instantOrNull(until?.until_at ?? null) : null,
        people: people.map(({ id, displayName }) => ({ id, displayName })),
      };
    },
  };
}

function sourceOf(member: StaffMember | undefined): Duty['source'] {
  if (member?.isEntered) return 'entered';
  if (member?.isOnShift) return 'rota';
  return member?.isLoggedIn ? 'logged-in' : 'everyone';
}
