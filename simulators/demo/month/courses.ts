import type { AlarmKind, Priority } from '@carebell/contracts/alarm-kinds.ts';
import type { ContactOutcome } from '@carebell/contracts/contact-outcomes.ts';
import type { Disposition } from '@carebell/contracts/dispositions.ts';
import type { ResponderReport } from '@carebell/contracts/notifications.ts';
import { between } from '../../random.ts';
import type { Random } from '../../random.ts';
import { requestCourse } from './request-course.ts';
import type { RequestDeed } from './request-course.ts';

/** What people do with one alarm. `afterMs` counts from the deed before, of the first from the alarm. */
export type Deed = { afterMs: number } & (
  | { is: 'show' }
  /** `by`: whoever has the shift at the alarm's station, or the supervisor, who has seen that nobody answers. */
  | { is: 'answer'; by: 'shift' | 'supervisor' }
  | { is: 'call-resident'; outcome: ContactOutcome }
  | { is: 'call-contact'; outcome: ContactOutcome }
  | { is: 'note'; note: string }
  | { is: 'send-responder' }
  | { is: 'report'; report: ResponderReport }
  | { is: 'close'; disposition: Disposition; note: string }
  | { is: 'reopen'; note: string }
  | { is: 'to-hospital'; days: number }
  | Omit<RequestDeed, 'afterMs'>
);

export type Circumstances = {
  kind: AlarmKind;
  priority: Priority;
  isNight: boolean;
  isDrill: boolean;
  isTest: boolean;
  /** The resident's own device has taken it back. */
  isTakenBack: boolean;
};

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** Who shows, answers, helps and closes, and when. It follows from the stream of numbers alone. */
export function courseOf(random: Random, circumstances: Circumstances): Deed[] {
  const { priority, isDrill, isTest } = circumstances;
  const s = (low: number, high: number): number => Math.round(between(random, low, high) * secondMs);
  const min = (low: number, high: number): number => s(low * 60, high * 60);

  if (priority === 'technical') return technicalCourse(s, min);
  const shown: Deed = { afterMs: random() < 0.015 ? s(7, 25) : s(0.3, 2.2), is: 'show' };
  if (priority === 'service')
    return [
      shown,
      { afterMs: random() < 0.93 ? s(6, 45) : s(60, 200), is: 'answer', by: 'shift' },
      { afterMs: min(1, 4), is: 'call-resident', outcome: 'reached' },
      ...requestCourse(random),
    ];
  const answer = answerOf(random, circumstances, s);
  if (isDrill || isTest)
    return [
      shown,
      { afterMs: s(8, 40), is: 'answer', by: 'shift' },
      { afterMs: s(15, 50), is: 'call-resident', outcome: 'reached' },
      { afterMs: s(20, 60), is: 'note', note: isDrill ? '演练：口述处置步骤' : '测试设备' },
      { afterMs: min(1, 4), is: 'close', disposition: 'test', note: isDrill ? '演练结束' : '设备测试' },
    ];
  return [shown, answer, ...helpOf(random, circumstances, s, min)];
}

type Span = (low: number, high: number) => number;

function answerOf(random: Random, { isNight }: Circumstances, s: Span): Deed {
  const luck = random();
  // Somebody fell asleep, or was in the next room: the supervisor takes what nobody has.
  if (luck < (isNight ? 0.035 : 0.006)) return { afterMs: s(150, 320), is: 'answer', by: 'supervisor' };
  if (luck < (isNight ? 0.11 : 0.025)) return { afterMs: s(58, 170), is: 'answer', by: 'shift' };
  return { afterMs: isNight ? s(9, 52) : s(4, 38), is: 'answer', by: 'shift' };
}

function helpOf(random: Random, circumstances: Circumstances, s: Span, min: Span): Deed[] {
  const { kind, isTakenBack } = circumstances;
  const luck = random();
  const reached: Deed = { afterMs: s(10, 50), is: 'call-resident', outcome: 'reached' };
  const silent: Deed = { afterMs: s(10, 50), is: 'call-resident', outcome: 'no-answer' };
  const close = (disposition: Disposition, afterMs: number, note = ''): Deed => ({
    afterMs,
    is: 'close',
    disposition,
    note,
  });
  const isMistake = isTakenBack ? luck < 0.9 : luck < (kind === 'smoke' ? 0.8 : 0.18);
  if (isMistake) {
    const closed = close('false-alarm', min(0.6, 4), kind === 'smoke' ? '做饭油烟' : '误按');
    if (random() > 0.03) return [reached, closed];
    return [
      reached,
      closed,
      { afterMs: min(1, 6), is: 'reopen', note: '老人又来电，重新处理' },
      { afterMs: s(20, 60), is: 'note', note: '再次通话，确认需要帮助' },
      close('helped-by-phone', min(1.5, 4.5), '电话安抚'),
    ];
  }
  const isFall = kind === 'fall' || kind === 'fall-suspected';
  if (!isFall && luck < 0.62) return [reached, close('helped-by-phone', min(1.5, 4.5), '电话里已解决')];
  const isSlow = random() < 0.08;
  const way: Deed[] = [
    random() < 0.5 ? silent : { ...reached, outcome: 'reached' },
    { afterMs: s(15, 60), is: 'call-contact', outcome: random() < 0.6 ? 'reached' : 'no-answer' },
    { afterMs: s(10, 40), is: 'send-responder' },
    { afterMs: s(30, 150), is: 'report', report: 'taken' },
    { afterMs: s(10, 90), is: 'report', report: 'on-the-way' },
    { afterMs: isSlow ? min(13, 26) : min(3, 9), is: 'report', report: 'on-site' },
    { afterMs: min(1, 3), is: 'note', note: '与现场通话' },
  ];
  if (random() < 0.16)
    return [
      ...way,
      { afterMs: min(2, 6), is: 'note', note: '现场情况不好，已叫救护车' },
      close('ambulance-called', min(6, 13), '救护车已接走'),
      { afterMs: min(20, 70), is: 'to-hospital', days: Math.round(between(random, 2, 6)) },
    ];
  return [
    ...way,
    { afterMs: min(4, 11), is: 'report', report: 'done' },
    ...(random() < 0.05 ? [{ afterMs: min(6, 15), is: 'note', note: '等家属到场' } as const] : []),
    close('helped-on-site', min(1, 5), '上门处理完毕'),
  ];
}

/** Equipment can wait for the day, and is closed when it works again. */
function technicalCourse(s: Span, min: Span): Deed[] {
  return [
    { afterMs: s(1, 5), is: 'show' },
    { afterMs: min(25, 160), is: 'answer', by: 'shift' },
    { afterMs: min(2, 20), is: 'note', note: '已报修' },
    {
      afterMs: s(30 * 3_600, (30 * hourMs + 12 * hourMs) / secondMs),
      is: 'close',
      disposition: 'equipment-repaired',
      note: '已修复',
    },
  ];
}
