import { apiRoot } from '@carebell/contracts/http-api.ts';
import type { Report } from '@carebell/contracts/report.ts';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { dateAndTime } from '../app/instants.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useWorkplace } from '../app/workplace.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { useSession } from '../log-in/session.ts';
import { CareCard } from './CareCard.tsx';
import { FalseAlarmsCard, HopsCard, MissedCard, OrganisationsCard, SlowCard } from './ReportCards.tsx';
import { filled, monthsBefore, useReport, useReportChoice } from './report-query.ts';
import type { ReportChoice } from './report-query.ts';
import { RequestNumbersCard } from './RequestNumbersCard.tsx';
import { StoredReports } from './StoredReports.tsx';
import { TargetCards } from './TargetCards.tsx';
import '../app/lists.css';
import '../hand-over/hand-over.css';
import '../history/history.css';
import '../registry-forms/registry.css';
import './report.css';

/** What the centre is measured by: now, and month by month. */
export function NumbersPage() {
  const { t, i18n } = useTranslation();
  const { session } = useSession();
  const [choice, choose] = useReportChoice();
  const { report, error, retry } = useReport(choice);
  const file = new URLSearchParams(filled({ ...choice, language: i18n.language })).toString();
  return (
    <main className="list-page numbers">
      <SectionTabs section="numbers" />
      <header>
        <h1>{t('numbers.title')}</h1>
        <Choices choice={choice} choose={choose} report={report} />
        <div className="list-tools not-for-print">
          <a
            className="step-button"
            href={`${apiRoot}/report.xlsx?${file}`}
            download
            data-testid="report-xlsx"
          >
            Excel
          </a>
          <a className="step-button" href={`${apiRoot}/report.csv?${file}`} download data-testid="report-csv">
            CSV
          </a>
          <button type="button" className="step-button" onClick={() => print()}>
            {t('handOver.print')}
          </button>
        </div>
      </header>
      {error !== null && <ProblemNotice error={error} onRetry={retry} />}
      {report === undefined && error === null && <PageLoading />}
      {report !== undefined && (
        <>
          <p className="dim" data-testid="report-span">
            {t('numbers.span', {
              from: dateAndTime(report.from, report.timeZone),
              to: dateAndTime(Date.parse(report.to) - 1, report.timeZone),
              time: dateAndTime(report.madeAt, session.hub.timeZone),
            })}
          </p>
          <TargetCards numbers={report.all} />
          <RequestNumbersCard choice={choice} />
          <OrganisationsCard report={report} />
          {report.care !== undefined && <CareCard report={report} />}
          <HopsCard numbers={report.all} />
          <div className="numbers-pair">
            <MissedCard numbers={report.all} />
            <FalseAlarmsCard report={report} />
          </div>
          <SlowCard report={report} />
          <StoredReports choice={choice} choose={choose} report={report} />
        </>
      )}
    </main>
  );
}

type ChoicesProps = {
  choice: ReportChoice;
  choose: (changed: Partial<ReportChoice>) => void;
  report: Report | undefined;
};

function Choices({ choice, choose, report }: ChoicesProps) {
  const { t } = useTranslation();
  const { session } = useSession();
  const { ticker } = useWorkplace();
  const [months] = useState(() => monthsBefore(ticker.now(), session.hub.timeZone));
  return (
    <div className="numbers-choices">
      <Choice label={t('numbers.time')} value={choice.month} onChange={(month) => choose({ month })}>
        <option value="">{t('numbers.lastDay')}</option>
        {months.map((month) => (
          <option key={month}>{month}</option>
        ))}
      </Choice>
      <Choice
        label={t('numbers.organisation')}
        value={choice.organisationId}
        onChange={(organisationId) => choose({ organisationId })}
      >
        <option value="">{session.user.organisationName || t('numbers.all')}</option>
        {report?.organisations.map(({ id, name, level }) => (
          <option key={id} value={id}>
            {t(`level.${level}`)} {name}
          </option>
        ))}
      </Choice>
      <Choice
        label={t('numbers.priority')}
        value={choice.priority}
        onChange={(priority) => choose({ priority })}
      >
        <option value="">{t('numbers.all')}</option>
        {(['emergency', 'urgent', 'service'] as const).map((priority) => (
          <option key={priority} value={priority}>
            {t(`priority.${priority}`)}
          </option>
        ))}
      </Choice>
    </div>
  );
}

type ChoiceProps = { label: string; value: string; onChange: (value: string) => void; children: ReactNode };

function Choice({ label, value, onChange, children }: ChoiceProps) {
  return (
    <label>
      <span>{label}</span>
      <select className="plain-input" value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </select>
    </label>
  );
}
