import type { NightCourse } from '@carebell/contracts/night.ts';
import { motionSpanMinutes } from '@carebell/contracts/night.ts';

/** What is painted of a night, in minutes from its beginning. */
export type Strip = {
  lengthMinutes: number;
  /** Until when something can have happened. */
  nowMinute: number;
  bands: { is: 'in-bed' | 'out-of-bed' | 'blind'; from: number; to: number }[];
  motion: { from: number; to: number }[];
  doors: number[];
  outMinutes: number;
  outTimes: number;
};

const minuteMs = 60_000;

export function stripOf(
  { inBed, outOfBed, blind, motion, doors }: NightCourse['residents'][number],
  night: Pick<NightCourse, 'from' | 'to'>,
  nowMs: number,
): Strip {
  const fromMs = Date.parse(night.from);
  const lengthMinutes = (Date.parse(night.to) - fromMs) / minuteMs;
  const minuteOf = (instant: string): number => (Date.parse(instant) - fromMs) / minuteMs;
  const nowMinute = Math.max(0, Math.min(lengthMinutes, (nowMs - fromMs) / minuteMs));
  const bandsOf = (is: Strip['bands'][number]['is'], spans: typeof inBed) =>
    spans
      .map(({ from, to }) => ({
        is,
        from: Math.max(0, minuteOf(from)),
        to: Math.min(nowMinute, to === null ? nowMinute : minuteOf(to)),
      }))
      .filter((band) => band.to > band.from);
  const out = bandsOf('out-of-bed', outOfBed);
  return {
    lengthMinutes,
    nowMinute,
    bands: [...bandsOf('in-bed', inBed), ...out, ...bandsOf('blind', blind)],
    motion: joined(motion),
    doors: doors.map(minuteOf),
    outMinutes: out.reduce((sum, { from, to }) => sum + to - from, 0),
    outTimes: out.length,
  };
}

/** Spans that follow one another are painted as one. */
function joined(spans: readonly number[]): Strip['motion'] {
  const result: Strip['motion'] = [];
  for (const span of spans) {
    const from = span * motionSpanMinutes;
    const last = result.at(-1);
    if (last?.to === from) last.to += motionSpanMinutes;
    else result.push({ from, to: from + motionSpanMinutes });
  }
  return result;
}
