import type { EscalationPolicy } from '@carebell/contracts/escalation.ts';
import type { ChannelAddress, NotificationLocale } from '@carebell/contracts/notifications.ts';
import type { Resident } from '@carebell/contracts/registry.ts';
import type { Role } from '@carebell/contracts/roles.ts';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { AlarmState } from '../../alarm/alarm-state.ts';
import { answeringRoles, rolesWho } from '../../identity/rights.ts';
import type {
  EscalationStore,
  OrganisationChannel,
  Place,
  StaffMember,
} from '../../escalation/escalation-store.ts';
import type { KeptQueries, Places } from './kept-queries.ts';
import { opened } from './sealed-texts.ts';
import type { Tables } from './tables.ts';

const groupChannels = ['wecom', 'dingtalk', 'feishu', 'webhook'] as const;

/** A way up has at most three places, because levels go strictly downwards. */
const placesAtOnce = 3;

export function createEscalationStore(db: Kysely<Tables>, kept: KeptQueries): EscalationStore {
  const wayUp = kept.rows((of: Places<{ id: string }>) =>
    db
      .selectFrom('organisations as a')
      .leftJoin('organisations as b', 'b.id', 'a.parent_id')
      .leftJoin('organisations as c', 'c.id', 'b.parent_id')
      .select(['a.id as a_id', 'a.level as a_level', 'a.parent_id as a_parent'])
      .select(['b.id as b_id', 'b.level as b_level', 'b.parent_id as b_parent'])
      .select(['c.id as c_id', 'c.level as c_level', 'c.parent_id as c_parent'])
      .where('a.id', '=', of.id),
  );
  const policiesAt = kept.rows((of: Places<{ a: string; b: string | null; c: string | null }>) =>
    db
      .selectFrom('escalation_policies')
      .select(['organisation_id', 'policies'])
      .where(sql<boolean>`organisation_id IN (${of.a}, ${of.b}, ${of.c})`),
  );
  const home = kept.rows((of: Places<{ residentId: string | null; dwellingId: string | null }>) =>
    db.selectNoFrom((from) => [
      from.selectFrom('residents').select('risk_groups').where('id', '=', of.residentId).as('risk_groups'),
      from.selectFrom('dwellings').select('area').where('id', '=', of.dwellingId).as('area'),
      from
        .selectFrom('residents')
        .select((count) => count.fn.countAll<number>().as('count'))
        .where('dwelling_id', '=', of.dwellingId)
        .as('residents'),
    ]),
  );
  const contacts = kept.rows((of: Places<{ residentId: string }>) =>
    db
      .selectFrom('residents')
      .select(opened('residents.contacts').as('contacts'))
      .where('id', '=', of.residentId),
  );
  const membersWho = (roles: readonly Role[]) => (of: Places<{ organisationId: string; nowMs: number }>) =>
    db
      .selectFrom('users')
      .leftJoin('duty', (join) =>
        join
          .onRef('duty.user_id', '=', 'users.id')
          .onRef('duty.organisation_id', '=', 'users.organisation_id')
          .on((on) => on.or([on('duty.until_at', 'is', null), on('duty.until_at', '>', of.nowMs)])),
      )
      .select(['users.id', 'users.display_name', 'users.organisation_id', 'duty.user_id as entered'])
      .select((from) =>
        from
          .exists(
            from
              .selectFrom('sessions')
              .select('sessions.user_id')
              .whereRef('sessions.user_id', '=', 'users.id')
              .where('sessions.expires_at', '>', of.nowMs),
          )
          .as('is_logged_in'),
      )
      .select((from) =>
        from
          .exists(
            from
              .selectFrom('duty_turns')
              .select('duty_turns.user_id')
              .whereRef('duty_turns.organisation_id', '=', 'users.organisation_id')
              .whereRef('duty_turns.user_id', '=', 'users.id')
              .where('duty_turns.from_at', '<=', of.nowMs)
              .where('duty_turns.until_at', '>', of.nowMs),
          )
          .as('is_on_shift'),
      )
      .leftJoin('user_addresses', 'user_addresses.user_id', 'users.id')
      .select([opened('user_addresses.addresses').as('addresses'), 'user_addresses.locale'])
      .where('users.organisation_id', '=', of.organisationId)
      .where('users.is_active', '=', 1)
      .where('users.role', 'in', roles)
      .orderBy('users.id');
  const staff = kept.rows(membersWho(answeringRoles));
  const responders = kept.rows(membersWho(['responder']));
  const leaders = kept.rows(membersWho(rolesWho('visit.plan')));
  const channels = kept.rows((of: Places<{ organisationId: string }>) =>
    db
      .selectFrom('channels')
      .select(['id', 'organisation_id', 'kind', 'name'])
      .where('organisation_id', '=', of.organisationId)
      .where('kind', 'in', groupChannels)
      .where('is_enabled', '=', 1)
      .orderBy('id'),
  );
  return {
    async lineage(organisationId) {
      const [row] = await wayUp({ id: organisationId });
      if (!row) return [];
      return [
        placeOf(row.a_id, row.a_level, row.a_parent),
        placeOf(row.b_id, row.b_level, row.b_parent),
        placeOf(row.c_id, row.c_level, row.c_parent),
      ].filter((place) => place !== undefined);
    },
    async neighbours({ id, parentId }) {
      const rows = await db
        .selectFrom('organisations')
        .select('id')
        .where('parent_id', '=', parentId)
        .where('level', '=', 'station')
        .where('id', '<>', id)
        .orderBy('id')
        .execute();
      return rows.map((row) => row.id);
    },
    async policies(organisationId) {
      const row = await db
        .selectFrom('escalation_policies')
        .selectAll()
        .where('organisation_id', '=', organisationId)
        .executeTakeFirst();
      return row && { version: row.version, policies: JSON.parse(row.policies) as EscalationPolicy[] };
    },
    async policiesOf(organisationIds) {
      const entered = new Map<string, string>();
      for (let at = 0; at < organisationIds.length; at += placesAtOnce) {
        const [a = '', b = null, c = null] = organisationIds.slice(at, at + placesAtOnce);
        for (const row of await policiesAt({ a, b, c })) entered.set(row.organisation_id, row.policies);
      }
      return organisationIds.map((id) => JSON.parse(entered.get(id) ?? '[]') as EscalationPolicy[]);
    },
    async putPolicies(organisationId, { version, policies }) {
      const columns = { policies: JSON.stringify(policies), version };
      await db
        .insertInto('escalation_policies')
        .values({ organisation_id: organisationId, ...columns })
        .onConflict((conflict) => conflict.column('organisation_id').doUpdateSet(columns))
        .execute();
    },
    async home({ residentId, dwellingId }) {
      const [row] = await home({ residentId, dwellingId });
      return {
        riskGroups: JSON.parse(row?.risk_groups ?? '[]') as Resident['riskGroups'],
        area: row?.area ?? 'centre',
        residents: row?.residents ?? 0,
      };
    },
    async contactsOf(residentId) {
      const [row] = await contacts({ residentId });
      return row ? (JSON.parse(row.contacts) as Resident['contacts']) : [];
    },
    async staffOf(organisationIds, nowMs) {
      const members: StaffMember[] = [];
      for (const organisationId of organisationIds) {
        for (const row of await staff({ organisationId, nowMs })) members.push(memberOf(row));
      }
      return members;
    },
    async leadersOf(organisationIds, nowMs) {
      const members: StaffMember[] = [];
      for (const organisationId of organisationIds) {
        for (const row of await leaders({ organisationId, nowMs })) members.push(memberOf(row));
      }
      return members;
    },
    async respondersOf(organisationIds, nowMs) {
      const members: StaffMember[] = [];
      for (const organisationId of organisationIds) {
        for (const row of await responders({ organisationId, nowMs })) members.push(memberOf(row));
      }
      return members;
    },
    async staffMember(userId) {
      const row = await db
        .selectFrom('users')
        .leftJoin('user_addresses', 'user_addresses.user_id', 'users.id')
        .select(['users.id', 'users.display_name', 'user_addresses.locale'])
        .select(opened('user_addresses.addresses').as('addresses'))
        .where('users.id', '=', userId)
        .executeTakeFirst();
      return (
        row && {
          id: row.id,
          displayName: row.display_name,
          locale: row.locale,
          channels: addressesIn(row.addresses),
        }
      );
    },
    async organisationChannels(organisationIds) {
      const found: OrganisationChannel[] = [];
      for (const organisationId of organisationIds) {
        for (const { id, kind, name } of await channels({ organisationId }))
          found.push({ id, organisationId, kind, name });
      }
      return found;
    },
    async putDuty(organisationId, userIds, untilMs) {
      await db.deleteFrom('duty').where('organisation_id', '=', organisationId).execute();
      if (userIds.length === 0) return;
      const rows = userIds.map((userId) => ({
        organisation_id: organisationId,
        user_id: userId,
        until_at: untilMs,
      }));
      await db.insertInto('duty').values(rows).execute();
    },
    async ownedBy(userId) {
      const rows = await db
        .selectFrom('alarms')
        .select(['id', 'state'])
        .where('phase', '=', 'acknowledged')
        .orderBy('last_seq')
        .execute();
      return rows
        .filter(({ state }) => {
          const alarm = JSON.parse(state) as AlarmState;
          return alarm.phase === 'acknowledged' && alarm.owner.id === userId;
        })
        .map(({ id }) => id);
    },
    async openFalls(dwellingId) {
      const rows = await db
        .selectFrom('alarms')
        .select('id')
        .where('dwelling_id', '=', dwellingId)
        .where('phase', '<>', 'closed')
        .where('group_name', '=', 'fall')
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}

function placeOf(
  id: string | null,
  level: Place['level'] | null,
  parentId: string | null,
): Place | undefined {
  return id === null || level === null || parentId === null ? undefined : { id, level, parentId };
}

function memberOf(row: {
  id: string;
  display_name: string;
  organisation_id: string;
  entered: string | null;
  is_on_shift: unknown;
  is_logged_in: unknown;
  addresses: string | null;
  locale: NotificationLocale | null;
}): StaffMember {
  return {
    id: row.id,
    displayName: row.display_name,
    organisationId: row.organisation_id,
    locale: row.locale,
    isEntered: row.entered !== null,
    isOnShift: Boolean(row.is_on_shift),
    isLoggedIn: Boolean(row.is_logged_in),
    channels: addressesIn(row.addresses),
  };
}

function addressesIn(addresses: string | null): ChannelAddress[] {
  return addresses === null ? [] : (JSON.parse(addresses) as ChannelAddress[]);
}
