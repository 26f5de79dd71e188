import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import type { ChannelAddress } from '@carebell/contracts/notifications.ts';
import type { Transaction } from '../journal/transaction.ts';
import type { ChannelRecord } from './notification-store.ts';

/** No tree of organisations is deeper; a damaged one that runs in a circle ends here. */
const deepest = 10;

/**
 * Finds the channel that serves an address: the one it names, or the nearest of its kind from the alarm's station
 * upwards. Remembers within one transaction.
 */
export function createChannelLookup(
  tx: Pick<Transaction, 'notifications' | 'registry'>,
): (stationId: string | null, address: ChannelAddress) => Promise<ChannelRecord | undefined> {
  const lineages = new Map<string | null, string[]>();
  const found = new Map<string, ChannelRecord | undefined>();

  async function lineage(stationId: string | null): Promise<string[]> {
    const known = lineages.get(stationId);
    if (known) return known;
    const upwards: string[] = [];
    let next = stationId;
    while (next !== null && next !== rootOrganisationId && upwards.length < deepest) {
      upwards.push(next);
      next = (await tx.registry.organisation(next))?.parentId ?? null;
    }
    upwards.push(rootOrganisationId);
    lineages.set(stationId, upwards);
    return upwards;
  }

  return async (stationId, { kind, channelId }) => {
    const key = channelId === undefined ? `${kind} ${stationId ?? ''}` : `#${channelId}`;
    if (found.has(key)) return found.get(key);
    let channel: ChannelRecord | undefined;
    if (channelId === undefined) {
      const upwards = await lineage(stationId);
      const candidates = await tx.notifications.channelsOf(kind, upwards);
      channel = candidates.toSorted(
        (a, b) => upwards.indexOf(a.organisationId) - upwards.indexOf(b.organisationId),
      )[0];
    } else {
      const named = await tx.notifications.channel(channelId);
      channel = named?.isEnabled === true && named.kind === kind ? named : undefined;
    }
    found.set(key, channel);
    return channel;
  };
}
