import type { ServiceHours } from '@carebell/contracts/service-catalogue.ts';
import { weekday } from '../duty/week-layout.ts';

/** Monday is 1. */
export function weekdayName(number: number, language: string): string {
  // The first of January 2024 was a Monday.
  return weekday(`2024-01-0${number}`, language);
}

/** 周一至周五 08:00–18:00: days that follow each other are one span. */
export function hoursText(hours: readonly ServiceHours[], language: string): string {
  return hours
    .map(({ weekdays, from, until }) => {
      const spans: number[][] = [];
      for (const day of weekdays.toSorted((a, b) => a - b)) {
        const last = spans.at(-1);
        if (last?.at(-1) === day - 1) last.push(day);
        else spans.push([day]);
      }
      const days = spans.map((span) => {
        const ends = span.length > 2 ? [span[0], span.at(-1)] : span;
        const names = ends.map((day) => weekdayName(day ?? 1, language));
        return names.join(span.length > 2 ? '–' : ' ');
      });
      return `${days.join(' ')} ${from}–${until}`;
    })
    .join(' · ');
}
