import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useAlarmDesk } from '../alarm/alarm-desk.ts';
import type { ShownAlarm } from '../alarm/pending-steps.ts';
import { useArrivals } from '../alarm/use-arrivals.ts';
import { useWhose } from '../alarm/whose.ts';
import { mostUrgent } from '../alarm-queue/queue-order.ts';
import { useSettings } from '../app/settings.ts';
import { useWorkplace } from '../app/workplace.ts';

/** An emergency that waits is read out again at this interval. */
const repeatEveryMs = 20_000;
/** The signal sounds first. */
const afterSignalMs = 1_400;

/** Reads out new alarms, if this person wishes it, and goes on with the most urgent emergency until someone has it. */
export function SpeechFollower() {
  const { t } = useTranslation();
  const whose = useWhose();
  const { speech, settings } = useWorkplace();
  const { doesSpeak, language } = useSettings(settings);
  const { alarms } = useAlarmDesk();
  const waiting = mostUrgent(alarms, (alarm) => alarm.phase === 'raised' && alarm.priority === 'emergency');

  const say = useEffectEvent((alarm: ShownAlarm) => {
    const sentence = t('speech.sentence', { kind: t(`kind.${alarm.kind}`), ...whose(alarm) });
    const drill = alarm.drillId === undefined ? '' : `${t('mark.drill')}. `;
    const test = alarm.testId === undefined ? '' : `${t('mark.test')}. `;
    speech.say(`${drill}${test}${sentence}`, language);
  });
  useArrivals(alarms, ([first]) => {
    if (doesSpeak && first.priority !== 'technical') setTimeout(() => say(first), afterSignalMs);
  });
  const repeat = useEffectEvent(() => {
    if (waiting !== undefined) say(waiting);
  });
  const isWaiting = waiting !== undefined;
  useEffect(() => {
    if (!doesSpeak || !isWaiting) return undefined;
    const timer = setInterval(repeat, repeatEveryMs);
    return () => {
      clearInterval(timer);
      speech.silence();
    };
  }, [doesSpeak, isWaiting, speech]);
  return null;
}
