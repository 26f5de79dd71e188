import { memo, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { AlarmMarks } from '../alarm/AlarmMarks.tsx';
import { DeadlineBar } from '../alarm/DeadlineBar.tsx';
import { Elapsed } from '../alarm/Elapsed.tsx';
import { KindSign } from '../alarm/KindSign.tsx';
import { ReasonShort } from '../alarm/ReasonShort.tsx';
import { momentText } from '../alarm/moment-text.ts';
import type { ShownAlarm } from '../alarm/pending-steps.ts';
import { clockTime } from '../app/instants.ts';
import { PhoneMark } from '../app/PhoneMark.tsx';
import { phoneLink, spokenPhone } from '../app/phone.ts';
import { usePainted } from '../live-feed/use-painted.ts';
import type { RowSize } from './row-size.ts';
import { RowOwner } from './RowOwner.tsx';
import { isOfThing, useWhose } from '../alarm/whose.ts';

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
  size: RowSize;
  isSelected: boolean;
  /** `A` would acknowledge this one. */
  isNext: boolean;
  myId: string;
  timeZone: string;
  actions: RowActions;
};

/** One alarm of the wall: what, who, where, since when, until when, and who has it. */
export const AlarmRow = memo(function AlarmRow({
  alarm,
  size,
  isSelected,
  isNext,
  myId,
  timeZone,
  actions,
}: Props) {
  const { t } = useTranslation();
  const ref = usePainted<HTMLElement>(alarm);
  const { id, kind, priority, phase } = alarm;
  const { name, address } = useWhose()(alarm);
  const isThing = isOfThing(alarm);

  useEffect(() => {
    if (isSelected) ref.current?.focus({ preventScroll: true });
  }, [isSelected, ref]);

  return (
    // A pointer's short cut to what the keys ↑ ↓ and Enter do for the whole list.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <article
      ref={ref}
      className="row"
      tabIndex={-1}
      aria-current={isSelected}
      data-drill={alarm.drillId !== undefined}
      data-test={alarm.testId !== undefined}
      aria-label={`${alarm.drillId === undefined ? '' : `${t('mark.drill')} `}${alarm.testId === undefined ? '' : `${t('mark.test')} `}${t(`priority.${priority}`)} ${t(`kind.${kind}`)} ${name} ${address} ${t(`phase.${phase}`)}`}
      data-testid={`alarm-${id}`}
      data-phase={phase}
      data-kind={kind}
      data-priority={priority}
      data-stored={alarm.isStored}
      data-pending={alarm.isPending}
      data-size={size}
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
        <span className="row-name" dir="auto" title={name}>
          {name}
        </span>
        <span className="row-address" title={address}>
          {address}
        </span>
        <ReasonShort alarm={alarm} className="row-reason" />
        {!isThing && alarm.reason === undefined && (
          <span className="row-device">{alarm.deviceName ?? alarm.deviceId}</span>
        )}
      </div>
      <div className="row-phone">
        {alarm.residentPhone === null ? (
          <span className="row-no-phone">{isThing ? '' : t('queue.noPhone')}</span>
        ) : (
          <a
            href={phoneLink(alarm.residentPhone)}
            tabIndex={-1}
            aria-label={`${t('wall.callResident')} ${alarm.residentPhone}`}
          >
            <PhoneMark />
            {spokenPhone(alarm.residentPhone)}
          </a>
        )}
      </div>
      <div className="row-time">
        <Elapsed since={alarm.pressedAt} className="row-elapsed" />
        <span className="row-pressed">
          {t(momentText(kind), { time: clockTime(alarm.pressedAt, timeZone) })}
        </span>
        <DeadlineBar alarm={alarm} />
      </div>
      <RowOwner alarm={alarm} isSelected={isSelected} isNext={isNext} myId={myId} actions={actions} />
      <button
        type="button"
        className="row-open"
        tabIndex={-1}
        aria-label={t('queue.open')}
        onClick={() => actions.open(id)}
      >
        ›
      </button>
    </article>
  );
});
