import { caseFileSchema } from '@carebell/contracts/case-file.ts';
import type { CaseFile } from '@carebell/contracts/case-file.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ContactPanel } from '../alarm/ContactPanel.tsx';
import { DrillNotice } from '../alarm/DrillBand.tsx';
import { TestNotice } from '../alarm/TestMark.tsx';
import { momentText } from '../alarm/moment-text.ts';
import { ResidentPanel } from '../alarm/ResidentPanel.tsx';
import { Timeline } from '../alarm/Timeline.tsx';
import { resultOrThrow } from '../api/hub-problem.ts';
import { dateAndTime } from '../app/instants.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { CaseFacts } from './CaseFacts.tsx';
import { ChainLog } from './ChainLog.tsx';
import '../alarm/alarm.css';
import './case-file.css';

/** Everything on record about one alarm, for paper: the browser prints it or saves it as PDF. */
export function CaseFilePage() {
  const { alarmId = '' } = useParams();
  const { api } = useWorkplace();
  const path = `/alarms/${encodeURIComponent(alarmId)}/case-file`;
  // Each time it is fetched stands in the hub's records as an export: once is enough.
  const { data, error, refetch } = useQuery({
    queryKey: ['case-file', alarmId],
    queryFn: () => resultOrThrow(api.call('GET', path, caseFileSchema)),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data === undefined) {
    if (error === null) return <PageLoading />;
    return (
      <main className="page-centre">
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      </main>
    );
  }
  return <Sheet file={data} />;
}

function Sheet({ file }: { file: CaseFile }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const { timeZone } = session.hub;
  const shown = { ...file, isPending: false };
  return (
    <main className="case-file" data-testid="case-file">
      {file.drillId !== undefined && <DrillNotice />}
      {file.testId !== undefined && <TestNotice />}
      <header>
        <h1>
          {t('caseFile.title')} <small>{file.id}</small>
        </h1>
        <p>
          {t(`kind.${file.kind}`)} · {t(`priority.${file.priority}`)} · {t(`phase.${file.phase}`)} ·{' '}
          {t(momentText(file.kind), { time: dateAndTime(file.pressedAt, timeZone) })}
        </p>
        <div className="case-file-tools not-for-print">
          <Link className="step-button" to={`/alarms/${file.id}`}>
            {t('caseFile.toAlarm')}
          </Link>
          <a
            className="step-button"
            data-testid="case-file-json"
            download={`case-${file.id}.json`}
            href={URL.createObjectURL(
              new Blob([JSON.stringify(file, null, 2)], { type: 'application/json' }),
            )}
          >
            {t('caseFile.json')}
          </a>
          <button type="button" className="step-button" data-main="true" onClick={() => print()}>
            {t('caseFile.print')}
          </button>
        </div>
      </header>
      <CaseFacts file={file} timeZone={timeZone} />
      <div className="case-file-people">
        <ResidentPanel alarm={shown} detail={file} />
        <ContactPanel detail={file} />
      </div>
      <Timeline entries={file.timeline} note={undefined} />
      <ChainLog file={file} timeZone={timeZone} />
      <footer>
        {t('caseFile.made', {
          name: file.exportedBy.displayName,
          time: dateAndTime(file.exportedAt, timeZone),
        })}
      </footer>
    </main>
  );
}
