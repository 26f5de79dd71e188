import { chainSilentAfterMs } from '@carebell/contracts/chain.ts';
import type { ChainState } from '@carebell/contracts/chain.ts';
import type { Pulse } from '@carebell/contracts/live-feed.ts';
import { pulseEveryMs } from '@carebell/contracts/live-feed.ts';

/** `broken`: the hub speaks, but an alarm would perhaps not arrive here. */
export type FeedState = 'live' | 'catching-up' | 'broken' | 'stale' | 'disconnected';

/** What the socket has told. Times are this screen's clock in milliseconds. */
export type FeedLink = {
  phase: 'connecting' | 'connected' | 'caught-up' | 'disconnected' | 'expired';
  /** When the phase began. */
  since: number;
  /** The last sign of life: a connection, a snapshot or a pulse. */
  heardAt: number | undefined;
  store: Pulse['store'];
  /** What the hub says of the way of an alarm; `undefined` of a hub that does not test it. */
  chain: ChainState | undefined;
  /** When this screen got the latest synthetic event, or the connection. */
  chainHeardAt: number | undefined;
  /** The hub's clock minus this screen's. */
  clockOffsetMs: number;
  /** Messages that this version of the dashboard cannot read; each may be an alarm. */
  unreadable: number;
};

/** Two pulses missed; on a page whose clock turns once a second it is told at most 5 s after the last. */
const staleAfterMs = 2 * pulseEveryMs;
const driftToldFromMs = 5_000;

export function startingLink(now: number): FeedLink {
  return {
    phase: 'connecting',
    since: now,
    heardAt: undefined,
    store: 'ok',
    chain: undefined,
    chainHeardAt: undefined,
    clockOffsetMs: 0,
    unreadable: 0,
  };
}

/** Whether the wall can be trusted, and since when it is as it is. */
export function feedStateOf(link: FeedLink, now: number): { state: FeedState; since: number } {
  if (link.phase === 'disconnected' || link.phase === 'expired')
    return { state: 'disconnected', since: link.heardAt ?? link.since };
  const silentSince = link.heardAt ?? link.since;
  if (now - silentSince > staleAfterMs) {
    return { state: link.phase === 'connecting' ? 'disconnected' : 'stale', since: silentSince };
  }
  const brokenSince = chainBrokenSince(link, now);
  if (brokenSince !== undefined) return { state: 'broken', since: brokenSince };
  return { state: link.phase === 'caught-up' ? 'live' : 'catching-up', since: link.since };
}

/** The hub says that it is broken, or the synthetic event stays away from this very screen. */
function chainBrokenSince({ chain, chainHeardAt, clockOffsetMs }: FeedLink, now: number): number | undefined {
  if (chain?.is === 'broken') return Date.parse(chain.since) - clockOffsetMs;
  if (chain === undefined || chainHeardAt === undefined) return undefined;
  return now - chainHeardAt > chainSilentAfterMs ? chainHeardAt : undefined;
}

/** The hub's clock minus this screen's in whole seconds, if it is worth telling. */
export function clockDriftSeconds(link: FeedLink): number | undefined {
  if (Math.abs(link.clockOffsetMs) <= driftToldFromMs) return undefined;
  return Math.round(link.clockOffsetMs / 1000);
}
