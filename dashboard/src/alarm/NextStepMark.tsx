import { useTranslation } from 'react-i18next';
import { elapsed } from '../app/instants.ts';
import { useFeedLink, useNow } from '../live-feed/feed-context.ts';

/** Later than this it is no news to who looks at the wall. */
const shownBeforeMs = 600_000;

/** How soon the hub tells further people if nobody answers. */
export function NextStepMark({ at }: { at: string }) {
  const { t } = useTranslation();
  const hubNow = useNow() + useFeedLink().clockOffsetMs;
  const leftMs = Date.parse(at) - hubNow;
  if (leftMs > shownBeforeMs) return null;
  return (
    <span className="mark" data-mark="next-step">
      → {t('mark.nextStep', { time: elapsed(leftMs) })}
    </span>
  );
}
