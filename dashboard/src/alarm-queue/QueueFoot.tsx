import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { useTranslation } from 'react-i18next';
import { useAlarmBook } from '../live-feed/feed-context.ts';
import { useFeedLink, useNow } from '../live-feed/feed-context.ts';

/** A closing is confirmed here for this long after it was made. */
const confirmedForMs = 20_000;

/** The last closing, and the keys. */
export function QueueFoot() {
  const { t } = useTranslation();
  return (
    <footer className="queue-foot">
      <ClosedLine />
      <span className="key-hints" aria-hidden="true">
        <kbd>↑</kbd>
        <kbd>↓</kbd> {t('keys.shortMove')}
        <kbd>A</kbd> {t('queue.acknowledge')}
        <kbd>C</kbd> {t('queue.close')}
        <kbd>Enter</kbd> {t('keys.shortEnter')}
        <kbd>?</kbd> {t('keys.shortHelp')}
      </span>
    </footer>
  );
}

function ClosedLine() {
  const { t } = useTranslation();
  const { closed } = useAlarmBook();
  const hubNow = useNow() + useFeedLink().clockOffsetMs;
  const [last] = closed;
  const isFresh = last !== undefined && hubNow - closedAtOf(last) < confirmedForMs;
  return (
    <output className="closed-line" data-testid="closed-line">
      {isFresh &&
        `✓ ${t('queue.closedLine', {
          name: last.residentName ?? last.deviceName ?? last.deviceId,
          kind: t(`kind.${last.kind}`),
          disposition: last.disposition === null ? '—' : t(`disposition.${last.disposition}`),
        })}`}
    </output>
  );
}

function closedAtOf(alarm: AlarmView): number {
  return alarm.closedAt === null ? 0 : Date.parse(alarm.closedAt);
}
