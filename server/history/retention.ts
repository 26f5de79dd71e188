import type { Measurement } from './history-port.ts';

/** For how many days what is kept. Days (downsampled) are kept for ever: one resident's year is some 100 kB. */
export type Retention = { points: Readonly<Record<Measurement, number>>; hourlyDays: number };

const yearDays = 366;

/**
 * `CAREBELL_HISTORY_DAYS` is how long events are kept one by one. Readings are many and say little after a quarter of a
 * year that their hours do not say too; how alarms were answered is asked for years later.
 */
export function retentionOf(days: number): Retention {
  const noise = Math.min(days, 30);
  return {
    points: {
      event: days,
      reading: Math.min(days, 92),
      gateway_health: noise,
      availability: days,
      echo: noise,
      malformed: noise,
      alarm_step: Math.max(days, 10 * yearDays),
      alarm_response: Math.max(days, 10 * yearDays),
    },
    hourlyDays: Math.max(days, 5 * yearDays),
  };
}
