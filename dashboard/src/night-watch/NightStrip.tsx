import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { durationText } from '../escalation/duration-text.ts';
import type { Strip } from './night-strip.ts';

const height = 30;
const minuteMs = 60_000;

/** One night of one resident: bed, movement and doors on one line; screen readers get its sums. */
export function NightStrip({ strip, label }: { strip: Strip; label: string }) {
  const { t } = useTranslation();
  const hatch = useId();
  const { lengthMinutes, nowMinute, bands, motion, doors, outMinutes, outTimes } = strip;
  const words = t('night.stripWords', {
    out: outTimes,
    minutes: durationText(t, Math.round(outMinutes) * minuteMs),
    doors: doors.length,
  });
  const hours = Array.from({ length: Math.floor(lengthMinutes / 60) + 1 }, (_, hour) => hour * 60);
  return (
    <div className="night-strip">
      <span className="for-screen-readers">{`${label} ${words}`}</span>
      <svg aria-hidden="true" viewBox={`0 0 ${lengthMinutes} ${height}`} preserveAspectRatio="none">
        <defs>
          <pattern
            id={hatch}
            width="8"
            height="8"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect className="strip-hatch" width="3" height="8" />
          </pattern>
        </defs>
        <rect className="strip-night" width={nowMinute} height={height} />
        {bands.map(({ is, from, to }) => (
          <rect
            key={`${is} ${from}`}
            className={`strip-${is}`}
            x={from}
            width={Math.max(2, to - from)}
            y={is === 'in-bed' ? height - 12 : is === 'out-of-bed' ? 10 : 0}
            height={is === 'in-bed' ? 12 : is === 'out-of-bed' ? height - 10 : height}
            {...(is === 'blind' ? { fill: `url(#${CSS.escape(hatch)})` } : {})}
          />
        ))}
        {motion.map(({ from, to }) => (
          <rect key={from} className="strip-motion" x={from} width={to - from} y={2} height={6} />
        ))}
        {doors.map((minute) => (
          <rect key={minute} className="strip-door" x={minute - 1.5} width={3} height={height} />
        ))}
        {hours.map((minute) => (
          <line key={minute} className="strip-hour" x1={minute} x2={minute} y1={0} y2={height} />
        ))}
        {nowMinute < lengthMinutes && (
          <line className="strip-now" x1={nowMinute} x2={nowMinute} y1={0} y2={height} />
        )}
      </svg>
    </div>
  );
}
