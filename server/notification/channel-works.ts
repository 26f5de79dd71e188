import type { ChannelKind } from '@carebell/contracts/notifications.ts';
import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { changedFields, isOutdated, refused } from '../resident/registry-outcome.ts';
import type { RegistryOutcome } from '../resident/registry-outcome.ts';
import type { Receipt } from './channel.ts';
import { clearSuspended } from './channel-alarm.ts';
import { untried } from './channel-health.ts';
import { signOf, takeSign } from './channel-signs.ts';

type Who = { actorId: string; scope: Scope };

/** Enters a channel. Its identifier comes from the caller, because its secrets are sealed for it. */
export async function createChannel(
  tx: Transaction,
  call: Who & {
    channel: {
      id: string;
      organisationId: string;
      kind: ChannelKind;
      name: string;
      settings: unknown;
      sealed: string;
      secretNames: readonly string[];
      isEnabled: boolean;
    };
  },
): Promise<RegistryOutcome> {
  const { channel, actorId, scope } = call;
  const { organisationId, id } = channel;
  const isThere =
    organisationId === rootOrganisationId || (await tx.registry.organisation(organisationId)) !== undefined;
  const isAllowed = organisationId === rootOrganisationId ? scope === 'all' : covers(scope, organisationId);
  if (!isThere || !isAllowed) return refused('reference-unknown', 'organisationId');
  await tx.notifications.insertChannel({ ...channel, version: 1, health: untried });
  await appendRegistryEntry(tx, { kind: 'channel-created', id, actorId, fields: Object.keys(channel) });
  return { ok: true, id };
}

/** Changes what an administrator has set. A channel that was suspended is tried again at once. */
export async function updateChannel(
  tx: Transaction,
  call: Who & {
    id: string;
    version?: number | undefined;
    change: {
      name?: string | undefined;
      isEnabled?: boolean | undefined;
      settings?: unknown;
      sealed?: string | undefined;
      secretNames?: readonly string[] | undefined;
    };
  },
): Promise<RegistryOutcome> {
  const { id, actorId, change } = call;
  const channel = await tx.notifications.channel(id);
  if (!channel || !mayReach(call.scope, channel.organisationId)) return refused('not-found', 'id');
  if (isOutdated(channel, call)) return refused('changed-meanwhile', 'version');
  const { name, isEnabled, settings, sealed, secretNames } = change;
  await tx.notifications.updateChannel({
    ...channel,
    name: name ?? channel.name,
    isEnabled: isEnabled ?? channel.isEnabled,
    settings: settings ?? channel.settings,
    sealed: sealed ?? channel.sealed,
    secretNames: secretNames ?? channel.secretNames,
    version: channel.version + 1,
    health: untried,
  });
  if (channel.health.suspendedAtMs !== null) await clearSuspended(tx, channel, 'channel.changed');
  await tx.notifications.hurryQueued(id, tx.nowMs);
  // Fields by name only: what stands in them may be an address or a secret.
  await appendRegistryEntry(tx, { kind: 'channel-changed', id, actorId, fields: changedFields(change) });
  return { ok: true, id };
}

export async function deleteChannel(tx: Transaction, call: Who & { id: string }): Promise<RegistryOutcome> {
  const { id, actorId } = call;
  const channel = await tx.notifications.channel(id);
  if (!channel || !mayReach(call.scope, channel.organisationId)) return refused('not-found', 'id');
  if (channel.health.suspendedAtMs !== null) await clearSuspended(tx, channel, 'channel.deleted');
  await tx.notifications.deleteChannel(id);
  await tx.notifications.hurryQueued(id, tx.nowMs);
  await appendRegistryEntry(tx, { kind: 'channel-deleted', id, actorId });
  return { ok: true, id };
}

/** What a probe, or a test by an administrator, found out about a channel. */
export async function recordChannelSign(
  tx: Transaction,
  {
    channelId,
    receipt,
    isProbe,
    testedBy,
  }: {
    channelId: string;
    receipt: Receipt;
    isProbe: boolean;
    testedBy: string | null;
  },
): Promise<void> {
  const channel = await tx.notifications.channel(channelId);
  if (!channel) return;
  const sign = signOf(receipt);
  await takeSign(tx, channel, isProbe && sign.is === 'works' ? { is: 'answers' } : sign);
  if (testedBy !== null)
    await appendRegistryEntry(tx, { kind: 'channel-tested', id: channelId, actorId: testedBy });
}

export const channelWorks = { createChannel, updateChannel, deleteChannel, recordChannelSign };

function mayReach(scope: Scope, organisationId: string): boolean {
  return organisationId === rootOrganisationId ? scope === 'all' : covers(scope, organisationId);
}
