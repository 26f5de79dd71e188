import { elapsed } from '../app/instants.ts';
import { useFeedLink, useNow } from '../live-feed/feed-context.ts';

/** The time since an instant of the hub, counting. */
export function Elapsed({ since, className }: { since: string; className: string }) {
  const hubNow = useNow() + useFeedLink().clockOffsetMs;
  return <span className={className}>{elapsed(hubNow - Date.parse(since))}</span>;
}
