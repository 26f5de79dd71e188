import type { Portion, Report } from '@carebell/contracts/report.ts';
import { useTranslation } from 'react-i18next';
import { NumbersTable } from '../history/HistoryCard.tsx';
import { percent } from './percent.ts';
import { Card } from './ReportCards.tsx';

/** What each part of the organisation did beside answering alarms: requests for services, and visits that were owed. */
export function CareCard({ report: { care = [], organisations } }: { report: Report }) {
  const { t } = useTranslation();
  const places = care.flatMap(({ organisationId, requests, visits }) => {
    const place = organisations.find(({ id }) => id === organisationId);
    return place && requests.asked + visits.due + visits.excused > 0 ? [{ place, requests, visits }] : [];
  });
  return (
    <Card name="care" isEmpty={places.length === 0}>
      <NumbersTable
        caption={t('numbers.careRequestsCaption')}
        head={[
          t('numbers.organisation'),
          t('numbers.level'),
          ...(
            ['asked', 'taken', 'arranged', 'done', 'refused', 'cancelled', 'open', 'feedback'] as const
          ).map((name) => t(`request.number.${name}`)),
        ]}
        rows={places.map(({ place: { id, name, level }, requests }) => ({
          key: id,
          cells: [
            name,
            t(`level.${level}`),
            requests.asked,
            inTime(requests.taken),
            inTime(requests.arranged),
            requests.done,
            requests.refused,
            requests.cancelled,
            requests.open,
            requests.feedback.mean === null
              ? '—'
              : `${requests.feedback.mean.toFixed(1)} (${requests.feedback.of})`,
          ],
        }))}
      />
      <NumbersTable
        caption={t('numbers.careVisitsCaption')}
        head={[
          t('numbers.organisation'),
          t('numbers.level'),
          ...(
            ['due', 'done', 'missed', 'open', 'excused', 'share', 'inPerson', 'phone', 'checkedIn'] as const
          ).map((name) => t(`numbers.visit.${name}`)),
        ]}
        rows={places.map(({ place: { id, name, level }, visits }) => ({
          key: id,
          cells: [
            name,
            t(`level.${level}`),
            visits.due,
            visits.done,
            visits.missed,
            visits.open,
            visits.excused,
            percent(visits.share),
            visits.byKind['in-person'],
            visits.byKind.phone,
            visits.checkedIn,
          ],
        }))}
      />
    </Card>
  );
}

function inTime({ met, of }: Pick<Portion, 'met' | 'of'>): string {
  return of === 0 ? '—' : `${percent(met / of)} (${met}/${of})`;
}
