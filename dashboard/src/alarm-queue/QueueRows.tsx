import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ShownAlarm } from '../alarm/pending-steps.ts';
import { useSession } from '../log-in/session.ts';
import { AlarmRow } from './AlarmRow.tsx';
import type { RowActions } from './AlarmRow.tsx';
import type { RowSize } from './row-size.ts';
import type { HeldAlarms } from './use-held-alarms.ts';

type Props = HeldAlarms & {
  selected: string | undefined;
  nextId: string | undefined;
  myId: string;
  timeZone: string;
  actions: RowActions;
};

/** Pixels until a row has been measured; a wrong guess costs one correction. */
const likelyHeight: Record<RowSize, number> = { large: 124, medium: 86, compact: 58 };
const gapPx = 6;
/** Rows built beyond the edges, so that none is missing while the list is scrolled. */
const rowsBeyond = 6;

/** The rows in view, out of however many there are. */
export function QueueRows(props: Props) {
  const { rows, sizes, hold, selected, nextId } = props;
  const { t } = useTranslation();
  const scroll = useRef<HTMLDivElement>(null);
  const sizeOf = (index: number) => sizes.get(rows[index]?.id ?? '') ?? 'compact';
  // Another function would make the list lay out all of its rows anew.
  const keyOf = useCallback((index: number) => rows[index]?.id ?? index, [rows]);
  // No compiler memoizes this project's components, which is what this library could not bear.
  // oxlint-disable-next-line react/incompatible-library
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => likelyHeight[sizeOf(index)],
    getItemKey: keyOf,
    overscan: rowsBeyond,
    gap: gapPx,
    useFlushSync: false,
  });
  const items = list.getVirtualItems();
  const top = list.scrollOffset ?? 0;
  const firstInView = items.find((item) => item.end > top);
  useSteadyView({
    rows,
    top,
    first: firstInView,
    startOf: (index) => list.measurementsCache[index]?.start,
    moveTo: (place) => list.scrollToOffset(place),
  });

  const show = useEffectEvent((id: string) => {
    const index = rows.findIndex((row) => row.id === id);
    if (index !== -1) list.scrollToIndex(index, { align: 'auto' });
  });
  useEffect(() => {
    if (selected !== undefined) show(selected);
  }, [selected]);

  return (
    <div className="queue-body">
      <WaitingAbove
        rows={rows.slice(0, firstInView?.index ?? 0)}
        onShow={() => scroll.current?.scrollTo({ top: 0 })}
      />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long one scrolls, by keys too */}
      <div ref={scroll} className="queue-scroll" tabIndex={0}>
        <ol
          className="rows"
          style={{ height: list.getTotalSize() }}
          aria-label={t('queue.list')}
          onPointerMove={hold}
          onPointerDown={hold}
        >
          {items.map((item) => {
            const alarm = rows[item.index];
            if (alarm === undefined) return null;
            return (
              <li
                key={item.key}
                ref={list.measureElement}
                data-index={item.index}
                aria-setsize={rows.length}
                aria-posinset={item.index + 1}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {isFirstRequest(rows, item.index) && <RequestsHeading />}
                <AlarmRow
                  alarm={alarm}
                  size={sizeOf(item.index)}
                  isSelected={alarm.id === selected}
                  isNext={alarm.id === nextId}
                  myId={props.myId}
                  timeZone={props.timeZone}
                  actions={props.actions}
                />
              </li>
            );
          })}
        </ol>
      </div>
    </div>
  );
}

/** What rings for a service stands apart, below all alarms. */
function isFirstRequest(rows: readonly ShownAlarm[], index: number): boolean {
  return rows[index]?.priority === 'service' && rows[index - 1]?.priority !== 'service';
}

function RequestsHeading() {
  const { t } = useTranslation();
  const { may } = useSession();
  return (
    <p className="requests-heading" data-testid="requests-heading">
      {may('request.read') ? (
        <Link to="/requests">{t('queue.requests')} ›</Link>
      ) : (
        <span>{t('queue.requests')}</span>
      )}
    </p>
  );
}

type AboveProps = { rows: readonly ShownAlarm[]; onShow: () => void };

/** Whoever has scrolled down must not miss what came in at the top. */
function WaitingAbove({ rows, onShow }: AboveProps) {
  const { t } = useTranslation();
  const waiting = rows.filter(
    ({ phase, priority }) => phase === 'raised' && (priority === 'emergency' || priority === 'urgent'),
  ).length;
  if (waiting === 0) return null;
  return (
    <button type="button" className="waiting-above" data-testid="waiting-above" onClick={onShow}>
      ↑ {t('wall.waitingAbove', { n: waiting })}
    </button>
  );
}

type View = {
  rows: readonly ShownAlarm[];
  top: number;
  first: { key: unknown; start: number } | undefined;
  startOf: (index: number) => number | undefined;
  moveTo: (place: number) => void;
};

/** Keeps the first row in view where it stands when rows come or go above it; at the very top nothing is held. */
function useSteadyView({ rows, top, first, startOf, moveTo }: View): void {
  const steady = useRef<{ id: unknown; below: number; rows: readonly ShownAlarm[] }>(undefined);
  useLayoutEffect(() => {
    const before = steady.current;
    if (before !== undefined && before.rows !== rows && top > 0) {
      const place = startOf(rows.findIndex((row) => row.id === before.id));
      if (place !== undefined) moveTo(place - before.below);
    }
    if (first !== undefined) steady.current = { id: first.key, below: first.start - top, rows };
  });
}
