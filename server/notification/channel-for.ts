import type { ChannelAddress } from '@carebell/contracts/notifications.ts';
import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import type { NotificationReads } from './notification-reads.ts';
import type { ChannelRecord } from './notification-store.ts';

export type ChannelForPorts = {
  reads: Pick<NotificationReads, 'channels' | 'channel'>;
  /** The organisation and those above it, the nearest first. */
  lineage(organisationId: string): readonly { id: string }[];
};

/** The channel that serves somebody of this organisation: the one that is named, or the nearest of its kind. */
export async function channelFor(
  { reads, lineage }: ChannelForPorts,
  organisationId: string,
  { kind, channelId }: Pick<ChannelAddress, 'kind' | 'channelId'>,
): Promise<ChannelRecord | undefined> {
  if (channelId !== undefined) {
    const named = await reads.channel(channelId);
    return named?.kind === kind && named.isEnabled ? named : undefined;
  }
  const upwards = [...lineage(organisationId).map(({ id }) => id), rootOrganisationId];
  const channels = (await reads.channels(upwards)).filter((one) => one.kind === kind && one.isEnabled);
  const [nearest] = channels.toSorted(
    (a, b) => upwards.indexOf(a.organisationId) - upwards.indexOf(b.organisationId),
  );
  return nearest;
}
