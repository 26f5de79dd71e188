import type { ShownAlarm } from '../alarm/pending-steps.ts';

/** What is to be heard: a call-back that is due rings like a new alarm, for whoever has the alarm. */
export function heardBy(
  alarms: ReadonlyMap<string, ShownAlarm>,
  myId: string,
): ReadonlyMap<string, ShownAlarm> {
  const isDue = ({ callBack, owner }: ShownAlarm): boolean => callBack?.isDue === true && owner?.id === myId;
  if (![...alarms.values()].some(isDue)) return alarms;
  return new Map(
    [...alarms].map(([id, alarm]) => {
      if (!isDue(alarm)) return [id, alarm];
      const priority = alarm.priority === 'technical' ? 'service' : alarm.priority;
      return [id, { ...alarm, phase: 'raised', priority }];
    }),
  );
}
