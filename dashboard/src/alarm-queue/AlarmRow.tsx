import { Button } from 'antd';
import { memo, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { AlarmMarks } from '../alarm/AlarmMarks.tsx';
import { Elapsed } from '../alarm/Elapsed.tsx';
import { KindSign } from '../alarm/KindSign.tsx';
import type { ShownAlarm } from '../alarm/pending-steps.ts';
import { clockTime } from '../app/instants.ts';
import { phoneLink, spokenPhone } from '../app/phone.ts';
import { usePainted } from '../live-feed/use-painted.ts';
import { RowOwner } from './RowOwner.tsx';

/** What a row may ask for; the same object on every repaint, so that only changed rows repaint. */
export type RowActions = {
  select: (id: string) => void;
  open: (id: string) => void;
  acknowledge: (id: string) => void;
  takeOver: (id: string) => void;
  close: (id: string) => void;
};

type Props = {
  alarm: ShownAlarm;
  isSelected: boolean;
  /** `A` would acknowledge this one. */
  isNext: boolean;
  myId: string;
  timeZone: string;
  actions: RowActions;
};

/** Emergencies that wait stand large, what is in hand or can wait is compact. */
export const AlarmRow = memo(function AlarmRow({
  alarm,
  isSelected,
  isNext,
  myId,
  timeZone,
  actions,
}: Props) {
  const { t } = useTranslation();
  const ref = usePainted<HTMLLIElement>(alarm);
  const { id, kind, priority, phase } = alarm;
  const name = alarm.residentName ?? t('queue.unknownResident');
  const address = alarm.address ?? t('queue.unknownAddress');

  useEffect(() => {
    if (!isSelected) return;
    ref.current?.scrollIntoView({ block: 'nearest' });
    ref.current?.focus({ preventScroll: true });
  }, [isSelected, ref]);

  return (
    // A pointer's short cut to what the keys ↑ ↓ and Enter do for the whole list.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <li
      ref={ref}
      className="row"
      tabIndex={-1}
      aria-current={isSelected}
      aria-label={`${t(`priority.${priority}`)} ${t(`kind.${kind}`)} ${name} ${address} ${t(`phase.${phase}`)}`}
      data-testid={`alarm-${id}`}
      data-phase={phase}
      data-kind={kind}
      data-priority={priority}
      data-stored={alarm.isStored}
      data-pending={alarm.isPending}
      data-size={sizeOf(alarm)}
      onClick={() => actions.select(id)}
      onDoubleClick={() => actions.open(id)}
    >
      <div className="row-sign">
        <KindSign kind={kind} priority={priority} />
        <span className="row-priority">{t(`priority.${priority}`)}</span>
      </div>
      <div className="row-what">
        <span className="row-kind">{t(`kind.${kind}`)}</span>
        <AlarmMarks alarm={alarm} />
      </div>
      <div className="row-who">
        <span className="row-name">{name}</span>
        <span className="row-address">{address}</span>
        <span className="row-device">{alarm.deviceName ?? alarm.deviceId}</span>
      </div>
      <div className="row-phone">
        {alarm.residentPhone === null ? (
          <span className="row-no-phone">{t('queue.noPhone')}</span>
        ) : (
          <a href={phoneLink(alarm.residentPhone)} tabIndex={-1}>
            {spokenPhone(alarm.residentPhone)}
          </a>
        )}
      </div>
      <div className="row-time">
        <Elapsed since={alarm.pressedAt} className="row-elapsed" />
        <span className="row-pressed">
          {t('queue.pressedAt', { time: clockTime(alarm.pressedAt, timeZone) })}
        </span>
      </div>
      <RowOwner alarm={alarm} isSelected={isSelected} isNext={isNext} myId={myId} actions={actions} />
      <Button
        type="text"
        className="row-open"
        tabIndex={-1}
        aria-label={t('queue.open')}
        onClick={() => actions.open(id)}
      >
        ›
      </Button>
    </li>
  );
});

function sizeOf(alarm: ShownAlarm): 'large' | 'medium' | 'compact' {
  if (alarm.phase !== 'raised') return 'compact';
  if (alarm.priority === 'emergency' || !alarm.isStored) return 'large';
  return alarm.priority === 'urgent' ? 'medium' : 'compact';
}
