import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { useFeedLink, useNow } from '../live-feed/feed-context.ts';
import { useSession } from '../log-in/session.ts';
import { RecordWaiting } from '../registry-forms/RecordPage.tsx';
import { useReferenceName } from '../registry-forms/reference-names.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { useDuty } from './duty-query.ts';
import { DutyNow } from './DutyNow.tsx';
import { DutyWeekGrid } from './DutyWeekGrid.tsx';
import { ShiftDialog } from './ShiftDialog.tsx';
import { firstDraft } from './shift-draft.ts';
import type { ShiftDraft } from './shift-draft.ts';
import { comingGaps, dayAfter, spanText, weekday } from './week-layout.ts';
import '../app/lists.css';
import '../registry-forms/registry.css';
import '../hand-over/hand-over.css';
import './duty.css';

/** The rota of one organisation, week by week: whose shift is when, and when it is nobody's. */
export function DutyPage() {
  const { id = '' } = useParams();
  const { t, i18n } = useTranslation();
  const { may } = useSession();
  const name = useReferenceName('organisations', id);
  const [search, setSearch] = useSearchParams();
  const duty = useDuty(id, search.get('week') ?? undefined);
  const [draft, setDraft] = useState<ShiftDraft>();
  const hubNow = useNow() + useFeedLink().clockOffsetMs;
  const { data: week, error, refetch, isPlaceholderData } = duty.week;
  if (week === undefined) return <RecordWaiting error={error} onRetry={() => void refetch()} />;
  const { firstDay, timeZone, hasRota } = week;
  const mayWrite = may('rota.write');
  const gaps = comingGaps(week, hubNow);
  const show = (day: string | undefined) =>
    setSearch(day === undefined ? {} : { week: day }, { replace: true });
  const dayName = (day: string) => weekday(day, i18n.language, { month: 'numeric', day: 'numeric' });

  return (
    <main className="list-page duty">
      <SectionTabs section="organisations" />
      <header>
        <h1>
          {name} <small>{t('duty.title')}</small>
        </h1>
        <div className="list-tools">
          <Button data-testid="week-before" onClick={() => show(dayAfter(firstDay, -7))}>
            ← {t('duty.weekBefore')}
          </Button>
          <Button onClick={() => show(undefined)}>{t('duty.thisWeek')}</Button>
          <Button data-testid="week-after" onClick={() => show(dayAfter(firstDay, 7))}>
            {t('duty.weekAfter')} →
          </Button>
          {mayWrite && (
            <Button type="primary" data-testid="new-shift" onClick={() => setDraft(firstDraft(week, hubNow))}>
              + {t('duty.new')}
            </Button>
          )}
        </div>
      </header>
      <DutyNow duty={duty} people={week.people} timeZone={timeZone} />
      <section aria-busy={isPlaceholderData}>
        <h2 data-testid="duty-week">
          {dayName(firstDay)} – {dayName(dayAfter(firstDay, 6))}
        </h2>
        {hasRota && gaps.length > 0 && (
          <div className="duty-gaps" role="alert" data-testid="duty-gaps">
            <strong>⚠ {t('duty.nobody')}</strong>
            <ul>
              {gaps.map((gap) => (
                <li key={gap.from}>{spanText(gap, timeZone, i18n.language)}</li>
              ))}
            </ul>
            <p>{t('duty.gapRule')}</p>
          </div>
        )}
        {hasRota && gaps.length === 0 && (
          <p className="duty-whole" data-testid="duty-whole">
            ✓ {t('duty.whole')}
          </p>
        )}
        {!hasRota && (
          <p className="warning" data-testid="duty-none">
            {t('duty.none')}
          </p>
        )}
        <DutyWeekGrid week={week} nowMs={hubNow} onOpen={mayWrite ? setDraft : undefined} />
      </section>
      {draft !== undefined && (
        <ShiftDialog draft={draft} week={week} duty={duty} onDone={() => setDraft(undefined)} />
      )}
    </main>
  );
}
