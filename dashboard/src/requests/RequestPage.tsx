import type { RequestDetail } from '@carebell/contracts/service-requests.ts';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { clockTime, dayAndTime } from '../app/instants.ts';
import { phoneLink, spokenPhone } from '../app/phone.ts';
import { useSession } from '../log-in/session.ts';
import { RecordWaiting } from '../registry-forms/RecordPage.tsx';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { RequestActs } from './RequestActs.tsx';
import { Due } from './RequestLine.tsx';
import { RequestSaid } from './RequestSaid.tsx';
import { useRequestStepText } from './request-step-text.ts';
import { useRequest, useRequestsFollowed } from './request-query.ts';
import '../app/lists.css';
import '../alarm/alarm.css';
import './requests.css';

/** One request: what was asked and said, what is to be done next, and everything that happened. */
export function RequestPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const { session, may } = useSession();
  useRequestsFollowed();
  const { data: request, error, refetch, dataUpdatedAt } = useRequest(id);
  if (request === undefined) return <RecordWaiting error={error} onRetry={() => void refetch()} />;
  const { phase, kind, missed, endedAt } = request;
  return (
    <main className="list-page request-page">
      <SectionTabs section="residents" />
      <header>
        <h1>
          {t(`kind.${kind}`)} <small>{request.residentName ?? t('queue.unknownResident')}</small>
        </h1>
        <p className="request-phase" data-testid="request-phase" data-phase={phase}>
          {t(`request.phase.${phase}`)}
        </p>
        {request.isTest === true && <p className="warning">{t('mark.test')}</p>}
        {request.due !== null && (
          <p className="request-due">
            <Due what={request.due.what} at={request.due.at} />
          </p>
        )}
        {missed.length > 0 && endedAt === null && (
          <p className="request-missed">⚠ {t('request.withStreet')}</p>
        )}
        <div className="list-tools">
          <Link className="quiet-link" to="/requests">
            {t('request.toQueue')}
          </Link>
        </div>
      </header>
      {error !== null && (
        <p className="warning" role="alert">
          {t('request.stale', { time: clockTime(dataUpdatedAt, session.hub.timeZone) })}
        </p>
      )}
      <div className="request-columns">
        <div>
          <Facts request={request} />
          <RequestSaid
            key={request.version}
            request={request}
            mayWrite={may('request.write') && endedAt === null}
          />
          {may('request.write') && <RequestActs key={phase} request={request} />}
        </div>
        <Steps request={request} />
      </div>
    </main>
  );
}

function Facts({ request }: { request: RequestDetail }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const { residentId, residentName, residentPhone, address, stationName, heldBy, owner, told, arranged } =
    request;
  const time = (at: string): string => dayAndTime(at, session.hub.timeZone).slice(0, -3);
  const facts: [string, React.ReactNode][] = [
    [
      t('request.resident'),
      residentId === null ? (
        (residentName ?? '—')
      ) : (
        <Link key="resident" to={`/residents/${encodeURIComponent(residentId)}/requests`}>
          {residentName}
        </Link>
      ),
    ],
    [
      t('request.phone'),
      residentPhone === null ? (
        '—'
      ) : (
        <a key="phone" href={phoneLink(residentPhone)}>
          {spokenPhone(residentPhone)}
        </a>
      ),
    ],
    [t('request.address'), address ?? '—'],
    [
      t('request.asked'),
      <Fragment key="asked">
        {time(request.askedAt)} · {t(`request.askedBy.${request.askedBy}`)}
        {request.alarmId !== null && (
          <>
            {' '}
            <Link to={`/alarms/${request.alarmId}`}>{t('request.alarm')}</Link>
          </>
        )}
      </Fragment>,
    ],
    [
      t('request.heldBy'),
      `${heldBy?.name ?? stationName ?? '—'} · ${owner?.displayName ?? t('request.nobody')}`,
    ],
    ...(request.alarmId === null
      ? []
      : [
          [
            t('reassurance.title'),
            told === null ? t('reassurance.none') : `✓ ${t(`reassurance.${told.state}`)}`,
          ] as [string, string],
        ]),
    ...(arranged === null
      ? []
      : [
          [
            t('request.arranged'),
            [
              arranged.provider?.name ?? t('request.byStation'),
              arranged.for === null ? '' : time(arranged.for),
              arranged.note,
            ]
              .filter((part) => part !== '')
              .join(' · '),
          ] as [string, string],
        ]),
    ...(request.feedback === null
      ? []
      : [
          [t('request.feedback'), `${request.feedback.score} / 5 ${request.feedback.note}`] as [
            string,
            string,
          ],
        ]),
  ];
  return (
    <dl className="request-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Steps({ request }: { request: RequestDetail }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const stepText = useRequestStepText();
  return (
    <section className="request-steps">
      <h2>{t('alarm.timeline')}</h2>
      <ol className="timeline" data-testid="request-timeline">
        {request.timeline.map((entry) => (
          <li key={entry.seq} data-testid={`step-${entry.step}`}>
            <time dateTime={entry.at}>{dayAndTime(entry.at, session.hub.timeZone)}</time>
            <span className="step">
              {stepText(entry)}
              {'note' in entry && entry.note !== '' && <q className="step-note">{entry.note}</q>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
