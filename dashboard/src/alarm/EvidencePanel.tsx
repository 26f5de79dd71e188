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
    <>
      <h3 title={t('evidence.hint')}>{t('evidence.title')}</h3>
      <dl className="evidence" data-testid="evidence">
        <Row name="battery" evidence={device}>
          {(value) => <Measured of={value.battery} unit=" %" />}
        </Row>
        <Row name="signal" evidence={device}>
          {(value) => <Measured of={value.signal} unit=" dBm" />}
        </Row>
        <Row name="repeats" evidence={useEvidence(alarm, 'repeats', repeatsEvidenceSchema)}>
          {(value) => <Repeats value={value} />}
        </Row>
        <Row name="before" evidence={movement}>
          {(value) => <Moved value={value} which="before" pressedAt={alarm.pressedAt} />}
        </Row>
        <Row name="since" evidence={movement}>
          {(value) => <Moved value={value} which="since" pressedAt={alarm.pressedAt} />}
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
    </>
  );
}

type RowProps<T> = {
  name: 'battery' | 'signal' | 'repeats' | 'before' | 'since' | 'past' | 'lastTest';
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

function Measured({ of: { now, atPress }, unit }: { of: DeviceEvidence['battery']; unit: string }) {
  const { t } = useTranslation();
  if (now === null && atPress === null) return <span className="dim">{t('evidence.unknown')}</span>;
  const isSame = now?.value === atPress?.value;
  return (
    <>
      {now !== null && `${now.value}${unit}`}{' '}
      {atPress !== null && !isSame && (
        <span className="dim">{t('evidence.atPress', { value: `${atPress.value}${unit}` })}</span>
      )}
    </>
  );
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

type MovedProps = { value: MovementEvidence; which: 'before' | 'since'; pressedAt: string };

function Moved({ value, which, pressedAt }: MovedProps) {
  const { t } = useTranslation();
  const { session } = useSession();
  const moved = value[which];
  const known =
    value.knownUntil === null ? null : (
      <em data-stale="true">
        {t('evidence.staleAt', { time: clockTime(value.knownUntil, session.hub.timeZone) })}
      </em>
    );
  if (moved === null) {
    return (
      <>
        <span className="dim">
          {value.sensors === 0
            ? t('evidence.noSensors')
            : which === 'before'
              ? t('evidence.nothingBefore', { n: movementDays })
              : t('evidence.nothingSince')}
        </span>{' '}
        {known}
      </>
    );
  }
  const place = [moved.room, moved.deviceName].find((word) => word !== '') ?? moved.deviceId;
  const kind = moved.kind.replace('.', '-') as 'motion-detected';
  return (
    <>
      {place} {t(`evidence.moved.${kind}`)}{' '}
      {which === 'before' ? (
        <Ago at={moved.at} />
      ) : (
        t('evidence.after', { time: spanText(t, Date.parse(moved.at) - Date.parse(pressedAt)) })
      )}{' '}
      {known}
    </>
  );
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
