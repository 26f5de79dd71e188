import { useTranslation } from 'react-i18next';
import { elapsed } from '../app/instants.ts';
import { useFeedLink, useNow } from '../live-feed/feed-context.ts';
import { nextDeadline } from './deadline.ts';
import type { Deadline } from './deadline.ts';
import type { ShownAlarm } from './pending-steps.ts';

/** The next deadline as a bar that shrinks, and in words. Nothing when nothing is timed. */
export function DeadlineBar({ alarm }: { alarm: ShownAlarm }) {
  const { t } = useTranslation();
  const hubNow = useNow() + useFeedLink().clockOffsetMs;
  const deadline = nextDeadline(alarm, hubNow);
  if (deadline === undefined) return null;
  const isOver = deadline.leftMs <= 0;
  return (
    <span className="deadline" data-testid="deadline" data-deadline={deadline.kind} data-over={isOver}>
      <span className="deadline-words">
        {t(wordsFor(deadline), { time: elapsed(Math.abs(deadline.leftMs)) })}
      </span>
      <span className="deadline-bar" aria-hidden="true">
        <span style={{ transform: `scaleX(${isOver ? 1 : deadline.share})` }} />
      </span>
    </span>
  );
}

function wordsFor({ kind, leftMs }: Deadline) {
  if (kind === 'display') return leftMs > 0 ? 'deadline.display' : 'deadline.displayOverdue';
  if (kind === 'call-back') return leftMs > 0 ? 'callBack.in' : 'callBack.now';
  if (leftMs <= 0) return kind === 'acknowledgement' ? 'deadline.lapses' : 'deadline.overdue';
  if (kind === 'acknowledgement') return 'deadline.acknowledgement';
  return kind === 'on-site' ? 'deadline.onSite' : 'deadline.answer';
}
