import { useTranslation } from 'react-i18next';
import type { ShownAlarm } from '../alarm/pending-steps.ts';
import { clockTime } from '../app/instants.ts';
import { useSession } from '../log-in/session.ts';
import { callBackMinutes } from './use-handling.ts';
import type { Handling } from './use-handling.ts';

/** When to be rung again, at the size of a step's card; while one is set, that it is done. */
export function CallBackCard({ alarm, handling }: { alarm: ShownAlarm; handling: Handling }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const { callBack } = alarm;
  return (
    <div className="guide-card" data-testid="call-back-card">
      <p className="guide-words">{t('callBack.title')}</p>
      <p className="guide-whom">
        {callBack === undefined
          ? t('callBack.none')
          : t(callBack.isDue ? 'callBack.isDue' : 'callBack.isSet', {
              time: clockTime(callBack.dueAt, session.hub.timeZone),
            })}
      </p>
      <div className="guide-answers">
        {callBackMinutes.map((minutes, index) => (
          <button
            key={minutes}
            type="button"
            className="step-button"
            disabled={!handling.isMine}
            data-testid={`call-back-${minutes}`}
            onClick={(event) => handling.answer(index + 1, event.timeStamp)}
          >
            <kbd>{index + 1}</kbd> {t('callBack.minutes', { n: minutes })}
          </button>
        ))}
        {callBack !== undefined && (
          <button
            type="button"
            className="step-button"
            disabled={!handling.isMine}
            data-testid="call-back-done"
            onClick={(event) => handling.answer(0, event.timeStamp)}
          >
            <kbd>0</kbd> {t('callBack.done')}
          </button>
        )}
      </div>
    </div>
  );
}
