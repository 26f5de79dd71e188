import { commissioningRecordSchema, signedContentSchema } from '@carebell/contracts/commissioning.ts';
import type { CommissioningRecord, Signature, SignedContent } from '@carebell/contracts/commissioning.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { resultOrThrow } from '../api/hub-problem.ts';
import { dateAndTime } from '../app/instants.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { CheckFacts } from './CheckFacts.tsx';
import { PointLines } from './PointLines.tsx';
import { pathOf } from './signature-strokes.ts';
import '../app/lists.css';
import '../test-mode/test-mode.css';
import './commissioning.css';
import './record-sheet.css';

/** What was signed, for paper: the browser prints it or saves it as PDF. */
export function RecordSheetPage() {
  const { id = '' } = useParams();
  const { api } = useWorkplace();
  const path = `/commissionings/${encodeURIComponent(id)}/record`;
  const { data, error, refetch } = useQuery({
    queryKey: ['commissioning-record', id],
    queryFn: () => resultOrThrow(api.call('GET', path, commissioningRecordSchema)),
  });
  if (data !== undefined) return <Sheet record={data} />;
  if (error === null) return <PageLoading />;
  return (
    <main className="list-page">
      <ProblemNotice error={error} onRetry={() => void refetch()} />
    </main>
  );
}

function Sheet({ record }: { record: CommissioningRecord }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const { timeZone } = session.hub;
  const content = contentIn(record);
  return (
    <main className="list-page record-sheet" data-testid="record-sheet" data-holds={record.holds}>
      <header>
        <h1>{t('commissioning.record')}</h1>
        <div className="big-buttons not-for-print">
          <button type="button" className="big-button" data-main="true" onClick={() => print()}>
            {t('commissioning.print')}
          </button>
          <Link className="big-button" to={`/commissionings/${record.id}`}>
            {t('commissioning.back')}
          </Link>
        </div>
      </header>
      <dl className="sheet-facts">
        <dt>{t('commissioning.signedAt')}</dt>
        <dd>{dateAndTime(record.signedAt, timeZone)}</dd>
        <dt>{t('commissioning.sha256')}</dt>
        <dd>
          <code data-testid="sha256">{record.sha256}</code>{' '}
          <strong>
            {content === undefined
              ? t('commissioning.erased')
              : record.holds
                ? `✓ ${t('commissioning.holds')}`
                : `✗ ${t('commissioning.broken')}`}
          </strong>
        </dd>
        <dt>{t('commissioning.previous')}</dt>
        <dd>
          <code>{record.previousSha256 === '' ? t('commissioning.none') : record.previousSha256}</code>
        </dd>
      </dl>
      {content && <Content content={content} timeZone={timeZone} />}
    </main>
  );
}

function Content({ content, timeZone }: { content: SignedContent; timeZone: string }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="sheet-place">
        <strong>{content.address}</strong>
        <br />
        {content.stationName} · {t('commissioning.begunAt')} {dateAndTime(content.startedAt, timeZone)} ·{' '}
        {content.startedBy.displayName} · {t('commissioning.hub')} {content.hubVersion}
      </p>
      {content.devices.map((device) => (
        <section key={device.deviceId} className="sheet-device">
          <h2>
            {[device.name === '' ? device.deviceId : device.name, device.room]
              .filter((part) => part !== '')
              .join(' · ')}{' '}
            <small>
              {t(`deviceType.${device.type}`)} · {device.deviceId}
              {device.gatewayId !== null && ` · ${device.gatewayId}`}
            </small>
          </h2>
          <ul>
            {device.checks.map((check) => (
              <li key={check.key}>
                <strong>
                  {check.state === 'passed' ? '✓' : '↷'} {t(`commissioning.check.${check.key}`)}
                </strong>{' '}
                {t(`commissioning.checkState.${check.state}`)}
                {check.passedAt !== null && ` · ${dateAndTime(check.passedAt, timeZone)}`}
                {check.skipped !== null && ` · ${check.skipped.reason}`}
                <CheckFacts check={check} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      <section>
        <h2>{t('commissioning.points')}</h2>
        {content.points.length === 0 ? (
          <p>{t('commissioning.noPoints')}</p>
        ) : (
          <PointLines points={content.points} mayFinish={false} />
        )}
      </section>
      <div className="sheet-signatures">
        <figure>
          <Drawn signature={content.installer.signature} />
          <figcaption>
            {t('commissioning.installer')}: {content.installer.name}
          </figcaption>
        </figure>
        <figure>
          <Drawn signature={content.witness.signature} />
          <figcaption>
            {t(`commissioning.witnessRole.${content.witness.role}`)}: {content.witness.name}
          </figcaption>
        </figure>
      </div>
    </>
  );
}

function Drawn({ signature: { width, height, strokes } }: { signature: Signature }) {
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {strokes.map((stroke) => (
        <path key={stroke.join(' ')} d={pathOf(stroke)} />
      ))}
    </svg>
  );
}

/** `undefined` when the words are gone; the hub has written them, so that they are in its form. */
function contentIn({ content }: CommissioningRecord): SignedContent | undefined {
  if (content === null) return undefined;
  const parsed = signedContentSchema.safeParse(JSON.parse(content));
  return parsed.success ? parsed.data : undefined;
}
