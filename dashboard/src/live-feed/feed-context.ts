import { createContext, use, useCallback, useSyncExternalStore } from 'react';
import { useWorkplace } from '../app/workplace.ts';
import type { AlarmBook } from './alarm-book.ts';
import { feedStateOf } from './feed-state.ts';
import type { FeedLink } from './feed-state.ts';
import type { LiveFeed } from './live-feed.ts';

export const LiveFeedContext = createContext<LiveFeed | undefined>(undefined);

export function useLiveFeed(): LiveFeed {
  const feed = use(LiveFeedContext);
  if (feed === undefined) throw new Error('LiveFeedContext is missing above this component');
  return feed;
}

export function useAlarmBook(): AlarmBook {
  const feed = useLiveFeed();
  return useSyncExternalStore(feed.subscribe, () => feed.view().book);
}

export function useFeedLink(): FeedLink {
  const feed = useLiveFeed();
  return useSyncExternalStore(feed.subscribe, () => feed.view().link);
}

/** This screen's clock in milliseconds, once a second. */
export function useNow(): number {
  const { ticker } = useWorkplace();
  return useSyncExternalStore(ticker.subscribe, ticker.now);
}

/** Whether what the screen shows is what the hub knows, or about to be. */
export function useIsTrusted(): boolean {
  const feed = useLiveFeed();
  const { ticker } = useWorkplace();
  const subscribe = useCallback(
    (listener: () => void) => {
      const leave = [feed.subscribe(listener), ticker.subscribe(listener)];
      return () => {
        for (const end of leave) end();
      };
    },
    [feed, ticker],
  );
  // Only a change of the answer paints anew, not every second.
  return useSyncExternalStore(subscribe, () => isTrusted(feed, ticker.now()));
}

/** The same at this moment, for a key that is pressed now. */
export function isTrusted(feed: Pick<LiveFeed, 'view'>, now: number): boolean {
  const { state } = feedStateOf(feed.view().link, now);
  // Of a broken chain something may be missing; what is shown is as it is, and must be answered.
  return state === 'live' || state === 'catching-up' || state === 'broken';
}
