import { useTranslation } from 'react-i18next';
import type { ShownAlarm } from '../alarm/pending-steps.ts';
import { useSession } from '../log-in/session.ts';
import type { RowActions } from './AlarmRow.tsx';

type Props = {
  alarm: ShownAlarm;
  isSelected: boolean;
  isNext: boolean;
  myId: string;
  actions: RowActions;
};

/** Who has it; if nobody, the button that makes it mine. */
export function RowOwner({ alarm, isSelected, isNext, myId, actions }: Props) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { id, owner, phase } = alarm;

  if (phase === 'closed') {
    return (
      <div className="row-owner" data-testid="alarm-owner">
        {t('phase.closed')}
      </div>
    );
  }
  if (!alarm.isStored) {
    return (
      <div className="row-owner row-owner-not-stored" data-testid="alarm-owner">
        {t('mark.notStoredLong')}
      </div>
    );
  }
  if (!may('alarm.acknowledge')) {
    return (
      <div className="row-owner">
        <span className="row-owner-name" data-testid="alarm-owner">
          {owner?.displayName ?? t('wallScreen.nobody')}
        </span>
      </div>
    );
  }
  if (phase === 'raised') {
    return (
      <div className="row-owner">
        <button
          type="button"
          className="step-button row-acknowledge"
          tabIndex={-1}
          data-testid="acknowledge"
          onClick={() => actions.acknowledge(id)}
        >
          {t('queue.acknowledge')} {isNext && <kbd>A</kbd>}
        </button>
      </div>
    );
  }
  const isMine = owner?.id === myId;
  return (
    <div className="row-owner">
      <span className="row-owner-name" data-testid="alarm-owner" data-mine={isMine}>
        {alarm.isPending
          ? t('queue.sending')
          : isMine
            ? t('queue.ownerMe')
            : t('queue.owner', { name: owner?.displayName ?? '' })}
      </span>
      {isMine && !alarm.isPending && (
        <button
          type="button"
          className="step-button"
          tabIndex={-1}
          data-testid="close"
          onClick={() => actions.close(id)}
        >
          {t('queue.close')} {isSelected && <kbd>C</kbd>}
        </button>
      )}
      {!isMine && isSelected && (
        <button
          type="button"
          className="step-button"
          tabIndex={-1}
          data-testid="take-over"
          onClick={() => actions.takeOver(id)}
        >
          {t('queue.takeOver')}
        </button>
      )}
    </div>
  );
}
