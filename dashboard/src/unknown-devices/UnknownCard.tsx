import type { UnknownDevice } from '@carebell/contracts/unknown-devices.ts';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { elapsed } from '../app/instants.ts';
import { useFeedLink, useNow } from '../live-feed/feed-context.ts';
import { useSession } from '../log-in/session.ts';
import { signalWord } from './just-heard.ts';
import { useSaidText } from './said-text.ts';
import { adoptPath } from './unknown-query.ts';

type Props = {
  unknown: UnknownDevice;
  /** It is the one that was just pressed, as far as anybody can tell. */
  isLikely?: boolean;
  /** Without what can be done about it. */
  isBare?: boolean;
  onDismiss?: () => void;
  onRestore?: () => void;
};

/** One radio code that a gateway hears: who, how well, how often, what it said, and what can be done about it. */
export function UnknownCard({ unknown, isLikely = false, isBare = false, onDismiss, onRestore }: Props) {
  const { t } = useTranslation();
  const { may } = useSession();
  const saidText = useSaidText();
  const now = useNow() + useFeedLink().clockOffsetMs;
  const { code, gatewayId, gatewayName, address, rssi, times, lastAt, said, dismissed, openAlarmId } =
    unknown;
  return (
    <article className="unknown-card" data-likely={isLikely} data-testid={`unknown-${code}`}>
      <p className="unknown-code">
        <strong>{code}</strong>
      </p>
      <p className="unknown-facts">
        <span>
          {t('unknown.ago', { time: elapsed(Math.max(0, now - Date.parse(lastAt))) })} ·{' '}
          {t('unknown.times', { n: times })}
        </span>
        {rssi !== null && (
          <span data-signal={signalWord(rssi)}>
            {t(`unknown.signal.${signalWord(rssi)}`)} ({rssi} dBm)
          </span>
        )}
        <span className="dim">
          {gatewayName === '' ? gatewayId : gatewayName}
          {address !== null && ` · ${address}`}
        </span>
      </p>
      <ul className="unknown-said">
        {said.map((line) => (
          <li key={`${line.kind} ${line.signal} ${line.key}`}>
            {saidText(line)} <span className="dim">×{line.times}</span>
          </li>
        ))}
        {said.length === 0 && <li className="dim">{t('unknown.onlyValues')}</li>}
      </ul>
      {openAlarmId !== null && (
        <p className="warning">
          {may('alarm.read') ? (
            <Link to={`/alarms/${encodeURIComponent(openAlarmId)}`}>{t('unknown.hasAlarm')}</Link>
          ) : (
            t('unknown.hasAlarm')
          )}
        </p>
      )}
      {dismissed !== null && (
        <p className="dim">
          {t('unknown.dismissedBy', { name: dismissed.by.displayName })} {dismissed.note}
        </p>
      )}
      {may('device.write') && !isBare && (
        <p className="unknown-actions">
          {dismissed === null && (
            <Link className="action-link" to={adoptPath(unknown)}>
              {t('unknown.adopt')}
            </Link>
          )}
          {onDismiss !== undefined && (
            <Button size="large" onClick={onDismiss}>
              {t('unknown.dismiss')}
            </Button>
          )}
          {onRestore !== undefined && (
            <Button size="large" onClick={onRestore}>
              {t('unknown.restore')}
            </Button>
          )}
        </p>
      )}
    </article>
  );
}
