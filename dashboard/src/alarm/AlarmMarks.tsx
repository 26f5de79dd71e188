import { useTranslation } from 'react-i18next';
import { AbsenceBadge } from '../absence/AbsenceSign.tsx';
import { clockTime } from '../app/instants.ts';
import { useSession } from '../log-in/session.ts';
import { NextStepMark } from './NextStepMark.tsx';
import { DrillBand } from './DrillBand.tsx';
import { TestMark } from './TestMark.tsx';
import type { ShownAlarm } from './pending-steps.ts';

/** What is out of the ordinary with an alarm, in words. */
export function AlarmMarks({ alarm }: { alarm: ShownAlarm }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const marks: { name: string; text: string }[] = [];
  if (!alarm.isStored) marks.push({ name: 'not-stored', text: `! ${t('mark.notStored')}` });
  if (alarm.presses > 1) marks.push({ name: 'presses', text: t('mark.presses', { n: alarm.presses }) });
  // Who pressed again after taking it back wants help again.
  if (alarm.cancelledAt !== null && Date.parse(alarm.cancelledAt) >= Date.parse(alarm.lastPressedAt)) {
    if (alarm.priority !== 'technical') marks.push({ name: 'cancelled', text: t('mark.cancelled') });
    else {
      const time = clockTime(alarm.cancelledAt, session.hub.timeZone);
      marks.push({ name: 'restored', text: `✓ ${t('cleared.since', { time })}` });
    }
  }
  if (alarm.isLate) marks.push({ name: 'late', text: t('mark.late') });
  if (!alarm.isDeviceRegistered) marks.push({ name: 'unregistered', text: `? ${t('mark.unregistered')}` });
  if (alarm.isDeviceRetired === true) marks.push({ name: 'retired', text: `✕ ${t('mark.retired')}` });
  if (alarm.audience !== 'station' && alarm.stationId !== null) {
    const audience = t(`audience.${alarm.audience}`);
    marks.push({ name: 'widened', text: t('mark.widened', { audience }) });
  }
  if (alarm.phase !== 'closed') {
    for (const { deadline } of alarm.escalation?.missed ?? []) {
      // That nobody has answered stands beside the clock.
      if (deadline === 'answered' && alarm.phase === 'raised') continue;
      marks.push({
        name: `missed-${deadline}`,
        text: `⚠ ${t('mark.missed', { deadline: t(`missedDeadline.${deadline}`) })}`,
      });
    }
    if (alarm.phase === 'raised' && alarm.escalation?.isAcknowledgementExpired === true)
      marks.push({ name: 'lapsed', text: `↺ ${t('mark.lapsed')}` });
    for (const { displayName, report } of alarm.responders ?? [])
      marks.push({
        name: `responder-${displayName}`,
        text: t(`responder.${report}`, { person: displayName }),
      });
  }
  const nextStepAt = alarm.phase === 'raised' ? (alarm.escalation?.nextStepAt ?? null) : null;
  const isPractice = alarm.drillId !== undefined || alarm.testId !== undefined;
  if (marks.length === 0 && alarm.absence === undefined && !isPractice && nextStepAt === null) return null;
  return (
    <span className="marks">
      {alarm.drillId !== undefined && <DrillBand />}
      {alarm.testId !== undefined && <TestMark />}
      {alarm.absence !== undefined && <AbsenceBadge absence={alarm.absence} />}
      {marks.map(({ name, text }) => (
        <span key={name} className="mark" data-mark={name}>
          {text}
        </span>
      ))}
      {nextStepAt !== null && <NextStepMark at={nextStepAt} />}
    </span>
  );
}
