import { useTranslation } from 'react-i18next';
import type { ShownAlarm } from '../alarm/pending-steps.ts';
import type { Handling } from './use-handling.ts';

type Props = {
  hasNote: boolean | undefined;
  alarm: ShownAlarm;
  isMasked: boolean;
  handling: Handling | undefined;
};

/** How to get in, behind one key; that it was shown is on record before it is. */
export function AccessNote({ hasNote, alarm, isMasked, handling }: Props) {
  const { t } = useTranslation();
  if (isMasked) return <p className="access">{t('alarm.masked')}</p>;
  if (hasNote === false) return <p className="access">{t('alarm.noAccess')}</p>;
  // A page that is read or printed shows it to nobody.
  if (handling === undefined) return <p className="access dim">{t('access.onPageOnly')}</p>;
  const { access, isMine, toggleAccess } = handling;
  // Nobody can have what the hub could not store, and whoever lies there cannot wait for that.
  const mayView = isMine || !alarm.isStored;
  if (access !== undefined && access !== 'asking')
    return (
      <div className="access" data-testid="access-note">
        {access.access === '' ? t('alarm.noAccess') : access.access}
        <small className={access.isRecorded ? 'dim' : 'warning'}>
          {t(access.isRecorded ? 'access.isRecorded' : 'access.notRecorded')} <kbd>D</kbd> {t('access.hide')}
        </small>
      </div>
    );
  return (
    <div className="access" data-testid="access-hidden">
      <button
        type="button"
        className="step-button"
        disabled={!mayView || access === 'asking'}
        data-testid="view-access"
        onClick={toggleAccess}
      >
        {t('access.view')} <kbd>D</kbd>
      </button>
      <small className="dim">
        {t(
          mayView ? 'access.willBeRecorded' : alarm.phase === 'closed' ? 'access.closed' : 'access.ownerOnly',
        )}
      </small>
    </div>
  );
}
