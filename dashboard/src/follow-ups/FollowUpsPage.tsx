import { alarmViewSchema } from '@carebell/contracts/alarm-view.ts';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { followUpSchema } from '@carebell/contracts/handling.ts';
import type { FollowUp, FollowUpBody } from '@carebell/contracts/handling.ts';
import { pageOf } from '@carebell/contracts/http-api.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { resultOrThrow } from '../api/hub-problem.ts';
import { dayAndTime } from '../app/instants.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { phoneLink, spokenPhone } from '../app/phone.ts';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useAct } from '../app/use-act.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import '../app/lists.css';
import './follow-ups.css';

const page = pageOf(followUpSchema);
const queryKey = ['follow-ups'];
const refreshEveryMs = 60_000;
const scores = [1, 2, 3, 4, 5] as const;

/** Residents who were helped and are to be asked how it was, the longest waiting first. */
export function FollowUpsPage() {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { data, error, refetch } = useQuery({
    queryKey,
    refetchInterval: refreshEveryMs,
    queryFn: () =>
      resultOrThrow(api.call<{ items: FollowUp[]; cursor: string | null }>('GET', '/follow-ups', page)),
  });
  const due = data?.items.filter(({ isDue }) => isDue) ?? [];
  const later = data?.items.filter(({ isDue }) => !isDue) ?? [];
  return (
    <main className="list-page">
      <SectionTabs section="residents" />
      <header>
        <h1>
          {t('followUp.title')} {data !== undefined && <small>{due.length}</small>}
        </h1>
        <p className="dim">{t('followUp.hint')}</p>
      </header>
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <PageLoading />}
      {data !== undefined && due.length === 0 && (
        <p className="list-empty" data-testid="follow-ups-empty">
          ✓ {t('followUp.empty')}
        </p>
      )}
      <ul className="follow-ups" data-testid="follow-ups">
        {due.map((followUp) => (
          <FollowUpLine key={`${followUp.alarmId} ${followUp.tries}`} followUp={followUp} />
        ))}
      </ul>
      {later.length > 0 && (
        <>
          <h2>{t('followUp.later')}</h2>
          <ul className="follow-ups" data-testid="follow-ups-later">
            {later.map((followUp) => (
              <li key={followUp.alarmId}>
                <Who followUp={followUp} />
              </li>
            ))}
          </ul>
        </>
      )}
    </main>
  );
}

function Who({ followUp }: { followUp: FollowUp }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const { alarmId, kind, closedAt, dueAt, residentName, stationName, tries, closedBy } = followUp;
  const at = (instant: string) => dayAndTime(instant, session.hub.timeZone);
  return (
    <div className="follow-up-who">
      <strong>{residentName ?? t('queue.unknownResident')}</strong>
      <Link to={`/alarms/${alarmId}`}>{t(`kind.${kind}`)}</Link>
      <span className="dim">
        {[
          stationName,
          t('followUp.closed', { time: at(closedAt), name: closedBy }),
          t('followUp.due', { time: at(dueAt) }),
        ]
          .filter((part) => part !== null)
          .join(' · ')}
        {tries > 0 && ` · ${t('followUp.tries', { n: tries })}`}
      </span>
    </div>
  );
}

function FollowUpLine({ followUp }: { followUp: FollowUp }) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { isSending, act } = useAct(queryKey);
  const [note, setNote] = useState('');
  const { alarmId, residentName, residentPhone } = followUp;
  const whom = residentName ?? t('queue.unknownResident');

  async function record(body: Omit<FollowUpBody, 'note'>): Promise<void> {
    const path = `/alarms/${encodeURIComponent(alarmId)}/follow-up`;
    await act(api.call<AlarmView>('POST', path, alarmViewSchema, { ...body, note: note.trim() }));
  }

  return (
    <li data-testid={`follow-up-${alarmId}`}>
      <Who followUp={followUp} />
      {residentPhone !== null && (
        <a className="follow-up-phone" href={phoneLink(residentPhone)}>
          {spokenPhone(residentPhone)}
        </a>
      )}
      <Input
        aria-label={t('followUp.note', { name: whom })}
        placeholder={t('followUp.noteHint')}
        value={note}
        maxLength={4000}
        disabled={isSending}
        onChange={(event) => setNote(event.target.value)}
      />
      <fieldset disabled={isSending}>
        <legend>{t('followUp.ask')}</legend>
        {scores.map((score) => (
          <Button
            key={score}
            data-testid={`score-${score}`}
            aria-label={t('followUp.score', { name: whom, score })}
            onClick={() => void record({ result: 'answered', score })}
          >
            {score}
          </Button>
        ))}
        <Button onClick={() => void record({ result: 'not-reached' })}>
          {t('followUpResult.not-reached')}
        </Button>
        <Button onClick={() => void record({ result: 'declined' })}>{t('followUpResult.declined')}</Button>
      </fieldset>
    </li>
  );
}
