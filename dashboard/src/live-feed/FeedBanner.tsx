import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { clockTime } from '../app/instants.ts';
import { useSession } from '../log-in/session.ts';
import { useFeedLink, useNow } from './feed-context.ts';
import { clockDriftSeconds, feedStateOf } from './feed-state.ts';

/** Everything that makes the wall less than trustworthy, a line each; nothing when all is well. */
export function FeedBanner() {
  const { t } = useTranslation();
  const { session } = useSession();
  const link = useFeedLink();
  const { state, since } = feedStateOf(link, useNow());
  const drift = clockDriftSeconds(link);
  const time = clockTime(since + link.clockOffsetMs, session.hub.timeZone);
  return (
    <>
      {state === 'disconnected' && <Line level="grave">{t('feed.disconnectedLong', { time })}</Line>}
      {state === 'stale' && <Line level="grave">{t('feed.staleLong', { time })}</Line>}
      {state === 'broken' && (
        <Line level="grave">
          {t(`feed.brokenAt.${link.chain?.is === 'broken' ? link.chain.hop : 'here'}`, { time })}
        </Line>
      )}
      {state === 'catching-up' && <Line level="calm">{t('feed.catchingUpLong')}</Line>}
      {link.store === 'failing' && <Line level="grave">{t('feed.storeFailing')}</Line>}
      {link.unreadable > 0 && (
        <Line level="grave">
          {t('feed.unreadable', { n: link.unreadable })}
          <Button onClick={() => location.reload()}>{t('feed.reload')}</Button>
        </Line>
      )}
      {drift !== undefined && <Line level="calm">{t('feed.drift', { n: Math.abs(drift) })}</Line>}
    </>
  );
}

function Line({ level, children }: { level: 'grave' | 'calm'; children: ReactNode }) {
  return (
    <div className="banner" data-level={level} role={level === 'grave' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}
