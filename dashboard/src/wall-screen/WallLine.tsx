import { useTranslation } from 'react-i18next';
import { AlarmMarks } from '../alarm/AlarmMarks.tsx';
import { DeadlineBar } from '../alarm/DeadlineBar.tsx';
import { Elapsed } from '../alarm/Elapsed.tsx';
import { KindSign } from '../alarm/KindSign.tsx';
import { ReasonShort } from '../alarm/ReasonShort.tsx';
import type { ShownAlarm } from '../alarm/pending-steps.ts';
import { useWhose } from '../alarm/whose.ts';
import { usePainted } from '../live-feed/use-painted.ts';

export function WallLine({ alarm }: { alarm: ShownAlarm }) {
  const { t } = useTranslation();
  const ref = usePainted<HTMLLIElement>(alarm);
  const { name, address } = useWhose()(alarm);
  return (
    <li
      ref={ref}
      className="wall-line"
      data-testid={`alarm-${alarm.id}`}
      data-phase={alarm.phase}
      data-priority={alarm.priority}
      data-drill={alarm.drillId !== undefined}
      data-test={alarm.testId !== undefined}
    >
      <KindSign kind={alarm.kind} priority={alarm.priority} />
      <div className="wall-what">
        <strong>{t(`kind.${alarm.kind}`)}</strong>
        <AlarmMarks alarm={alarm} />
      </div>
      <div className="wall-who">
        <div className="wall-name">
          <strong dir="auto">{name}</strong>
          <ReasonShort alarm={alarm} className="wall-reason" />
        </div>
        <span>{address}</span>
      </div>
      <div className="wall-when">
        <Elapsed since={alarm.pressedAt} className="wall-elapsed" />
        <DeadlineBar alarm={alarm} />
      </div>
      <strong className="wall-owner" data-testid="alarm-owner">
        {alarm.owner === null ? t('wallScreen.nobody') : alarm.owner.displayName}
      </strong>
    </li>
  );
}
