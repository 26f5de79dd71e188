import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { LiveFeedContext } from './feed-context.ts';
import { createLiveFeed } from './live-feed.ts';

/** Keeps the feed connected as long as someone who watches alarms is logged in, whichever page is open. */
export function LiveFeedProvider({ children }: { children: ReactNode }) {
  const { origin, screenId } = useWorkplace();
  const { expire, may } = useSession();
  const isWatching = may('alarm.watch');
  const [feed] = useState(() =>
    createLiveFeed({ url: origin, screenId, now: () => Date.now(), onExpired: expire }),
  );
  useEffect(() => {
    if (!isWatching) return undefined;
    feed.start();
    return feed.stop;
  }, [feed, isWatching]);
  return <LiveFeedContext value={feed}>{children}</LiveFeedContext>;
}
