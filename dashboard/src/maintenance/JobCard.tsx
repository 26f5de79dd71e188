import type { Job } from '@carebell/contracts/maintenance.ts';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { dayAndTime } from '../app/instants.ts';
import { useSession } from '../log-in/session.ts';
import { useJobWork } from './maintenance-query.ts';

/** One job: what it is, at which device, who has it, and the way to the device's history. */
export function JobCard({ job }: { job: Job }) {
  const { t } = useTranslation();
  const { session, may } = useSession();
  const { timeZone } = session.hub;
  const { kind, of, id, name, type, room, taken, notes, done } = job;
  const page = `/${of}s/${encodeURIComponent(id)}`;
  const typeText = type === 'gateway' ? t('maintenance.gateway') : t(`deviceType.${type}`);
  return (
    <article className="job-card" data-kind={kind} data-testid={`job-${kind}-${id}`}>
      <p className="job-title">
        <strong>{t(`maintenance.kind.${kind}`)}</strong>
        <JobDetail job={job} />
      </p>
      <p>
        <Link className="quiet-link" to={page}>
          {name === '' ? id : name}
        </Link>{' '}
        <span className="dim">{[typeText, room].filter((part) => part !== '').join(' · ')}</span>
      </p>
      {taken !== null && (
        <p className="dim">
          {t('maintenance.takenBy', { name: taken.by.displayName, time: dayAndTime(taken.at, timeZone) })}
        </p>
      )}
      {notes.map((note) => (
        <p key={note.at} className="job-note">
          {note.text} <span className="dim">{note.by.displayName}</span>
        </p>
      ))}
      {done !== null && (
        <p className="good">
          {t(`maintenance.proof.${done.proof}`)} · {dayAndTime(done.at, timeZone)}
        </p>
      )}
      <p className="job-links not-for-print">
        <Link className="quiet-link" to={`${page}/events`}>
          {t('maintenance.messages')}
        </Link>
        {of === 'device' && (
          <Link className="quiet-link" to={`${page}/history`}>
            {t('maintenance.history')}
          </Link>
        )}
        <Link className="quiet-link" to={`${page}/supervision`}>
          {t('maintenance.watching')}
        </Link>
      </p>
      {done === null && may('device.write') && <JobActions job={job} />}
    </article>
  );
}

function JobDetail({ job }: { job: Job }) {
  const { t } = useTranslation();
  const { timeZone } = useSession().session.hub;
  const { kind, since, dueAt, percent, version, wished, reason, owner } = job;
  const time = (instant: string | null) =>
    instant === null ? t('maintenance.never') : dayAndTime(instant, timeZone);
  switch (kind) {
    case 'battery':
      return (
        <span>
          {percent !== null && `${Math.round(percent)} % `}
          {dueAt !== null && t('maintenance.emptyAt', { time: time(dueAt) })}
        </span>
      );
    case 'silent':
      return <span>{t('maintenance.lastHeard', { time: time(since) })}</span>;
    case 'button-test':
      return <span>{t('maintenance.lastTest', { time: time(since) })}</span>;
    case 'firmware':
      return <span>{t('maintenance.versions', { version, wished })}</span>;
    case 'commissioning':
      return (
        <span>
          {reason} · {owner} · {t('maintenance.dueAt', { time: time(dueAt) })}
        </span>
      );
    case 'never-heard':
      return null;
    case 'retest':
      return <span>{t('maintenance.changedAt', { time: time(since) })}</span>;
  }
}

function JobActions({ job }: { job: Job }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const { session } = useSession();
  const work = useJobWork();
  const [note, setNote] = useState<string | null>(null);
  const { taken } = job;
  const isMine = taken?.by.id === session.user.id;

  function take(): void {
    if (taken === null) {
      void work(job, { path: 'take', takeOver: false });
      return;
    }
    modal.confirm({
      title: t('maintenance.takeOverTitle', { name: taken.by.displayName }),
      okText: t('maintenance.take'),
      centered: true,
      onOk: () => work(job, { path: 'take', takeOver: true }),
    });
  }

  if (note !== null) {
    return (
      <form
        className="job-actions not-for-print"
        onSubmit={(event) => {
          event.preventDefault();
          if (note.trim() === '') return;
          void work(job, { path: 'notes', text: note.trim() }).then((isNoted) => isNoted && setNote(null));
        }}
      >
        <input
          className="plain-input"
          aria-label={t('maintenance.note')}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <Button type="primary" htmlType="submit">
          {t('maintenance.save')}
        </Button>
        <Button onClick={() => setNote(null)}>{t('maintenance.cancel')}</Button>
      </form>
    );
  }
  return (
    <p className="job-actions not-for-print">
      {isMine ? (
        <Button onClick={() => void work(job, { path: 'release' })}>{t('maintenance.release')}</Button>
      ) : (
        <Button type={taken === null ? 'primary' : 'default'} onClick={take}>
          {t('maintenance.take')}
        </Button>
      )}
      <Button onClick={() => setNote('')}>{t('maintenance.note')}</Button>
    </p>
  );
}
