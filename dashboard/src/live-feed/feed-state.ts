import type { Pulse } from '@carebell/contracts/live-feed.ts';
import { pulseEveryMs } from '@carebell/contracts/live-feed.ts';

export type FeedState = 'live' | 'catching-up' | 'stale' | 'disconnected';

/** What the socket has told. Times are this screen's clock in milliseconds. */
export type FeedLink = {
  phase: 'connecting' | 'connected' | 'caught-up' | 'disconnected' | 'expired';
  /** When the phase began. */
  since: number;
  /** The last sign of life: a connection, a snapshot or a pulse. */
  heardAt: number | undefined;
  store: Pulse['store'];
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
  return { state: link.phase === 'caught-up' ? 'live' : 'catching-up', since: link.since };
}

/** The hub's clock minus this screen's in whole seconds, if it is worth telling. */
export function clockDriftSeconds(link: FeedLink): number | undefined {
  if (Math.abs(link.clockOffsetMs) <= driftToldFromMs) return undefined;
  return Math.round(link.clockOffsetMs / 1000);
}
