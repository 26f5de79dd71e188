import { visitSettingsOf } from '@carebell/contracts/visit-frequencies.ts';
import type { VisitFrequency, VisitSettingsPatch } from '@carebell/contracts/visit-frequencies.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { isOutdated, refused } from '../resident/registry-outcome.ts';
import type { RegistryOutcome } from '../resident/registry-outcome.ts';
import { frequencyOfGroups, isLess } from './frequency.ts';
import { lookAt } from './visit-look.ts';
import { homeOf } from './visit-works.ts';
import type { Call } from './visit-works.ts';

/** Replaces what an organisation has in place of what holds above it; what is owed is decided anew for everybody. */
export async function putVisitSettings(
  tx: Transaction,
  call: Omit<Call, 'timeZone'> & {
    organisationId: string;
    settings: VisitSettingsPatch;
    version?: number | undefined;
  },
): Promise<RegistryOutcome> {
  const { actorId, scope, organisationId: id, settings } = call;
  if (!covers(scope, id) || !(await tx.registry.organisation(id))) return refused('not-found', 'id');
  const version = (await tx.visits.settings(id))?.version ?? 0;
  if (isOutdated({ version }, call)) return refused('changed-meanwhile', 'version');
  await tx.visits.putSettings(id, settings, version + 1);
  await tx.visits.lookAgainAtAll();
  await tx.digests.lookAgainAtAll();
  const fields = Object.keys(settings);
  await appendRegistryEntry(tx, { kind: 'visit-settings-changed', id, actorId, fields });
  return { ok: true, id };
}

/** Enters how often a resident is to be visited, whatever the groups ask for. Less than that needs a reason. */
export async function putVisitPlan(
  tx: Transaction,
  call: Call & {
    residentId: string;
    frequency: VisitFrequency | null;
    note: string;
    version?: number | undefined;
  },
): Promise<RegistryOutcome> {
  const { actorId, scope, residentId: id, frequency, note, timeZone } = call;
  const home = await homeOf(tx, scope, id);
  const visited = home && (await tx.visits.visited(id, tx.nowMs));
  if (!home || !visited) return refused('not-found', 'id');
  const version = (await tx.visits.plan(id))?.version ?? 0;
  if (isOutdated({ version }, call)) return refused('changed-meanwhile', 'version');
  const asked = frequencyOfGroups(visited.riskGroups, visitSettingsOf(visited.entered));
  if (frequency !== null && isLess(frequency, asked) && note === '') return refused('field-missing', 'note');
  await tx.visits.putPlan(id, { frequency, note, version: version + 1 });
  await appendRegistryEntry(tx, {
    kind: 'visit-plan-changed',
    id,
    actorId,
    residentId: id,
    stationId: home.stationId,
    fields: [frequency ?? 'by-groups'],
  });
  await lookAt(tx, id, timeZone);
  return { ok: true, id };
}
