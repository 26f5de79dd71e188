import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAlarmDesk } from '../alarm/alarm-desk.ts';
import { urgencyOrder } from '../alarm-queue/queue-order.ts';
import { resultOrThrow } from '../api/hub-problem.ts';
import { dayAndTime } from '../app/instants.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useWorkplace } from '../app/workplace.ts';
import { useAlarmBook, useFeedLink, useNow } from '../live-feed/feed-context.ts';
import { useSession } from '../log-in/session.ts';
import { HandOverAll } from './HandOverAll.tsx';
import { ClosedLine, OpenLine } from './HandOverLines.tsx';
import { HandOverNote } from './HandOverNote.tsx';
import { closedSince, shiftBegan, toLocalInput } from './shift.ts';
import './hand-over.css';

/** What the next shift must know: what is open and who has it, what was closed and how. */
export function HandOverPage() {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { session, may } = useSession();
  const { alarms } = useAlarmDesk();
  const latestClosing = useAlarmBook().closed[0]?.id;
  const [since, setSince] = useState(() => toLocalInput(shiftBegan(new Date())));
  const open = useMemo(() => [...alarms.values()].toSorted(urgencyOrder), [alarms]);
  const { data, error, refetch } = useQuery({
    queryKey: ['closed-alarms', latestClosing],
    queryFn: () => resultOrThrow(api.closedAlarms()),
    placeholderData: keepPreviousData,
  });
  const from = Date.parse(since);
  const closed = data === undefined ? undefined : closedSince(data.items, from);
  const isPartial = data !== undefined && data.cursor !== null && closed?.length === data.items.length;
  const waiting = open.filter(({ phase }) => phase === 'raised').length;

  return (
    <main className="hand-over">
      <header>
        <h1>{t('handOver.title')}</h1>
        <label>
          <span>{t('handOver.since')}</span>
          <input
            type="datetime-local"
            className="plain-input"
            value={since}
            data-testid="shift-began"
            onChange={(event) => setSince(event.target.value)}
          />
        </label>
        <strong data-testid="hand-over-summary">
          {t('handOver.summary', { open: open.length, waiting, closed: closed?.length ?? '…' })}
        </strong>
        {session.user.organisationId !== rootOrganisationId && (
          <Link className="step-button" to={`/organisations/${session.user.organisationId}/duty`}>
            {t('handOver.rota')}
          </Link>
        )}
        <Button size="large" onClick={() => print()}>
          {t('handOver.print')}
        </Button>
      </header>
      <Signature name={session.user.displayName} timeZone={session.hub.timeZone} />
      {may('alarm.acknowledge') && <HandOverAll />}
      <div className="hand-over-columns">
        <section>
          <h2>
            {t('handOver.open')} <small>{open.length}</small>
          </h2>
          {open.length === 0 && <p className="dim">{t('handOver.openEmpty')}</p>}
          <ol>
            {open.map((alarm) => (
              <OpenLine key={alarm.id} alarm={alarm} timeZone={session.hub.timeZone} />
            ))}
          </ol>
        </section>
        <section>
          <h2>
            {t('handOver.closed')} <small>{closed?.length}</small>
          </h2>
          {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
          {error === null && closed === undefined && <PageLoading />}
          {closed?.length === 0 && <p className="dim">{t('handOver.closedEmpty')}</p>}
          {isPartial && <p className="warning">{t('handOver.partial', { n: data.items.length })}</p>}
          <ol>
            {closed?.map((alarm) => (
              <ClosedLine key={alarm.id} alarm={alarm} timeZone={session.hub.timeZone} />
            ))}
          </ol>
        </section>
        <HandOverNote userId={session.user.id} />
      </div>
    </main>
  );
}

/** Stands on paper only. */
function Signature({ name, timeZone }: { name: string; timeZone: string }) {
  const { t } = useTranslation();
  const hubNow = useNow() + useFeedLink().clockOffsetMs;
  return <p className="for-print">{t('handOver.made', { name, time: dayAndTime(hubNow, timeZone) })}</p>;
}
