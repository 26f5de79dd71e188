import { apiRoot } from '@carebell/contracts/http-api.ts';
import type { CaseNumbers, Report, StoredReport } from '@carebell/contracts/report.ts';
import { useTranslation } from 'react-i18next';
import { dateAndTime } from '../app/instants.ts';
import { useSession } from '../log-in/session.ts';
import { percent } from './percent.ts';
import type { ReportChoice } from './report-query.ts';
import { storedPath, useStoredReport, useStoredReports } from './stored-query.ts';

type Props = {
  choice: ReportChoice;
  choose: (changed: Partial<ReportChoice>) => void;
  /** As it is counted now. */
  report: Report | undefined;
};

/** The reports that the hub has made by itself on the first of each month, and what a recount of the chosen one says. */
export function StoredReports({ choice, choose, report }: Props) {
  const { t } = useTranslation();
  const { session } = useSession();
  const organisationId = choice.organisationId === '' ? session.user.organisationId : choice.organisationId;
  const all = useStoredReports(organisationId);
  const chosen = all.find(({ month }) => month === choice.month);
  const stored = useStoredReport(chosen);
  const isSamePart = choice.priority === '' && report?.month === choice.month;
  return (
    <section className="history-card stored-reports" data-testid="stored-reports">
      <h2>{t('stored.title')}</h2>
      <p className="dim">{t('stored.hint')}</p>
      {all.length === 0 && <p className="dim">{t('stored.none')}</p>}
      {chosen !== undefined && stored !== undefined && report !== undefined && isSamePart && (
        <Beside stored={stored} now={report} timeZone={session.hub.timeZone} />
      )}
      {all.length > 0 && (
        <ul className="stored-list">
          {all.map((one) => (
            <StoredLine
              key={one.month}
              stored={one}
              timeZone={session.hub.timeZone}
              isChosen={one === chosen}
              onChoose={() => choose({ month: one.month })}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

type LineProps = { stored: StoredReport; timeZone: string; isChosen: boolean; onChoose: () => void };

function StoredLine({ stored, timeZone, isChosen, onChoose }: LineProps) {
  const { t, i18n } = useTranslation();
  const { month, madeAt } = stored;
  const file = (ending: 'xlsx' | 'csv') =>
    `${apiRoot}${storedPath(stored)}/report.${ending}?language=${i18n.language}`;
  return (
    <li data-chosen={isChosen}>
      <strong>{month}</strong>
      <span className="dim">{t('stored.madeAt', { time: dateAndTime(madeAt, timeZone) })}</span>
      <span className="stored-tools not-for-print">
        <button type="button" className="step-button" aria-pressed={isChosen} onClick={onChoose}>
          {t('stored.show')}
        </button>
        <a className="step-button" href={file('xlsx')} download aria-label={`${month} Excel`}>
          Excel
        </a>
        <a className="step-button" href={file('csv')} download aria-label={`${month} CSV`}>
          CSV
        </a>
      </span>
    </li>
  );
}

const compared = ['cases', 'open', 'within60s', 'within180s', 'onSite', 'falseAlarms'] as const;

function Beside({ stored, now, timeZone }: { stored: Report; now: Report; timeZone: string }) {
  const { t } = useTranslation();
  const rows = compared.map((name) => ({
    name,
    before: shown(stored.all, name),
    after: shown(now.all, name),
  }));
  const isSame = rows.every(({ before, after }) => before === after);
  return (
    <div className="stored-beside" data-testid="stored-beside" data-same={isSame}>
      <p>{isSame ? `✓ ${t('stored.same')}` : t('stored.differs')}</p>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('stored.number')}</th>
            <th scope="col">
              {t('stored.asStored', { day: dateAndTime(stored.madeAt, timeZone).slice(0, 10) })}
            </th>
            <th scope="col">{t('stored.recount')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, before, after }) => (
            <tr key={name}>
              <th scope="row">{t(name === 'open' ? 'stored.open' : `numbers.name.${name}`)}</th>
              <td className="number">{before}</td>
              <td className="number">{before === after ? after : <strong>{after}</strong>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function shown(numbers: CaseNumbers, name: (typeof compared)[number]): string {
  const value = numbers[name];
  return typeof value === 'number' ? String(value) : percent(value.share);
}
