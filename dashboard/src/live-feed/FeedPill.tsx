import { useTranslation } from 'react-i18next';
import { useFeedLink, useNow } from './feed-context.ts';
import { feedStateOf } from './feed-state.ts';
import './live-feed.css';

const shapes = {
  live: <circle cx="8" cy="8" r="6" />,
  'catching-up': <path d="M8 2a6 6 0 1 1-6 6h3a3 3 0 1 0 3-3Z" />,
  broken: <path d="M6 2H2v4h4Zm8 8h-4v4h4ZM7 9 5 11l-1-1 2-2Zm5-5-2 2-1-1 2-2ZM1 14 14 1l1 1L2 15Z" />,
  stale: <path d="M8 1 15 14H1Z" />,
  disconnected: <path d="m3 1 5 5 5-5 2 2-5 5 5 5-2 2-5-5-5 5-2-2 5-5-5-5Z" />,
};

/** Whether the wall can be trusted, by word, shape and colour. */
export function FeedPill() {
  const { t } = useTranslation();
  const { state } = feedStateOf(useFeedLink(), useNow());
  return (
    <output className="feed-pill" data-testid="feed-state" data-state={state}>
      <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
        {shapes[state]}
      </svg>
      {t(`feed.${state}`)}
    </output>
  );
}
