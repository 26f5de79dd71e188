import {
  deviceEvidenceSchema,
  movementDays,
  movementEvidenceSchema,
  pastDays,
  pastEvidenceSchema,
  repeatsEvidenceSchema,
} from '@carebell/contracts/evidence.ts';
import type {
  DeviceEvidence,
  MovementEvidence,
  PastEvidence,
  RepeatsEvidence,
} from '@carebell/contracts/evidence.ts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { clockTime } from '../app/instants.ts';
import { useFeedLink, useNow } from '../live-feed/feed-context.ts';
import { useSession } from '../log-in/session.ts';
import type { ShownAlarm } from './pending-steps.ts';
import { spanText } from './span-text.ts';
import { useEvidence } from './use-evidence.ts';
import type { Evidence } from './use-evidence.ts';

/** What helps to judge an alarm. It is shown to people and decides nothing. */
export function EvidencePanel({ alarm }: { alarm: ShownAlarm }) {
  const { t } = useTranslation();
  const device = useEvidence(alarm, 'device', deviceEvidenceSchema);
  const movement = useEvidence(alarm, 'movement', movementEvidenceSchema);
  return (
    <dl
      className="evidence"
      data-testid="evidence"
      aria-label={t('evidence.title')}
      title={t('evidence.hint')}
    >
      <Row name="state" evidence={device}>
        {(value) => <State value={value} />}
      </Row>
      <Row name="repeats" evidence={useEvidence(alarm, 'repeats', repeatsEvidenceSchema)}>
        {(value) => <Repeats value={value} />}
      </Row>
      <Row name="movement" evidence={movement}>
        {(value) => <Movement value={value} pressedAt={alarm.pressedAt} />}
      </Row>
      <Row name="past" evidence={useEvidence(alarm, 'past', pastEvidenceSchema)}>
        {(value) => <Past value={value} />}
      </Row>
      <Row name="lastTest" evidence={device}>
        {({ lastTestAt }) =>
          lastTestAt === null ? t('evidence.neverTested', { days: pastDays }) : <Ago at={lastTestAt} />
        }
      </Row>
    </dl>
  );
}

type RowProps<T> = {
  name: 'state' | 'repeats' | 'movement' | 'past' | 'lastTest';
  evidence: Evidence<T>;
  children: (value: T) => ReactNode;
};

/** One line, whatever it stands like: being looked for, not to be had, known, or known as of some time ago. */
function Row<T>({ name, evidence, children }: RowProps<T>) {
  const { t } = useTranslation();
  const { session } = useSession();
  return (
    <div data-testid={`evidence-${name}`} data-is={evidence.is}>
      <dt>{t(`evidence.${name}`)}</dt>
      <dd>
        {evidence.is === 'loading' && <span className="dim">{t('evidence.loading')}</span>}
        {evidence.is === 'unavailable' && <span className="dim">⚠ {t('evidence.unavailable')}</span>}
        {evidence.is === 'known' && children(evidence.value)}
        {evidence.is === 'known' && evidence.staleSince !== null && (
          <em data-stale="true">
            {t('evidence.staleAt', { time: clockTime(evidence.staleSince, session.hub.timeZone) })}
          </em>
        )}
      </dd>
    </div>
  );
}

function State({ value: { battery, signal } }: { value: DeviceEvidence }) {
  const { t } = useTranslation();
  const shown = (which: 'now' | 'atPress') =>
    [valueText(battery[which], ' %'), valueText(signal[which], ' dBm')]
      .filter((part) => part !== '')
      .join(' · ');
  const [now, atPress] = [shown('now'), shown('atPress')];
  if (now === '' && atPress === '') return <span className="dim">{t('evidence.unknown')}</span>;
  return (
    <>
      {now}{' '}
      {atPress !== '' && atPress !== now && (
        <span className="dim">{t('evidence.atPress', { value: atPress })}</span>
      )}
    </>
  );
}

function valueText(measured: DeviceEvidence['battery']['now'], unit: string): string {
  return measured === null ? '' : `${measured.value}${unit}`;
}

function Repeats({ value: { heardBy, duplicates } }: { value: RepeatsEvidence }) {
  const { t } = useTranslation();
  const names = heardBy.map(({ gatewayId, name, signal }) => {
    const called = name === '' ? gatewayId : name;
    return signal === null ? called : `${called} ${signal} dBm`;
  });
  return (
    <>
      {heardBy.length === 0
        ? t('evidence.heardItself')
        : t('evidence.heardBy', { n: heardBy.length, names: names.join(t('absence.comma')) })}{' '}
      {duplicates > 0 && <span className="dim">{t('evidence.duplicates', { n: duplicates })}</span>}
    </>
  );
}

function Movement({ value, pressedAt }: { value: MovementEvidence; pressedAt: string }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const { before, since, sensors, knownUntil } = value;
  const isUnwatched = sensors === 0 && before === null && since === null;
  return (
    <>
      {isUnwatched ? (
        <span className="dim">{t('evidence.noSensors')}</span>
      ) : (
        <>
          {before === null ? (
            <span className="dim">{t('evidence.nothingBefore', { n: movementDays })}</span>
          ) : (
            <>
              <Moved movement={before} /> <Ago at={before.at} />
            </>
          )}
          {t('evidence.sincePress')}
          {since === null ? (
            <span className="dim">{t('evidence.nothingSince')}</span>
          ) : (
            <strong>
              <Moved movement={since} />{' '}
              {t('evidence.after', { time: spanText(t, Date.parse(since.at) - Date.parse(pressedAt)) })}
            </strong>
          )}
        </>
      )}{' '}
      {knownUntil !== null && (
        <em data-stale="true">
          {t('evidence.staleAt', { time: clockTime(knownUntil, session.hub.timeZone) })}
        </em>
      )}
    </>
  );
}

function Moved({ movement }: { movement: NonNullable<MovementEvidence['before']> }) {
  const { t } = useTranslation();
  const { room, deviceName, deviceId } = movement;
  const place = [room, deviceName].find((word) => word !== '') ?? deviceId;
  const kind = movement.kind.replace('.', '-') as 'motion-detected';
  return `${place} ${t(`evidence.moved.${kind}`)}`;
}

function Past({ value }: { value: PastEvidence }) {
  const { t } = useTranslation();
  const { alarms, falseAlarms, tests, isMore, latest } = value;
  if (alarms === 0) return <span className="dim">{t('evidence.pastNone', { days: pastDays })}</span>;
  const [last] = latest;
  return (
    <>
      {t(isMore ? 'evidence.pastMore' : 'evidence.pastCounts', {
        days: pastDays,
        alarms,
        falseAlarms,
        tests,
      })}{' '}
      {last !== undefined && (
        <Link className="dim" to={`/alarms/${encodeURIComponent(last.alarmId)}`}>
          <Last at={last.pressedAt} disposition={t(`disposition.${last.disposition}`)} />
        </Link>
      )}
    </>
  );
}

function Last({ at, disposition }: { at: string; disposition: string }) {
  const { t } = useTranslation();
  const hubNow = useNow() + useFeedLink().clockOffsetMs;
  const time = t('evidence.ago', { time: spanText(t, hubNow - Date.parse(at)) });
  return t('evidence.pastLast', { time, disposition });
}

function Ago({ at }: { at: string }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const hubNow = useNow() + useFeedLink().clockOffsetMs;
  return (
    <time dateTime={at} title={clockTime(at, session.hub.timeZone)}>
      {t('evidence.ago', { time: spanText(t, hubNow - Date.parse(at)) })}
    </time>
  );
}
