import { deadlineNames } from './escalation-steps.ts';
import { answerTargets, reportHops } from './report.ts';
import type { CaseNumbers, Portion, Report } from './report.ts';
import { reportWordsIn } from './report-words.ts';
import type { ReportLanguage, ReportWords } from './report-words.ts';

/** A part between 0 and 1 is shown as a percentage, a number of seconds with one digit. */
export type ReportCell = string | number | null | { share: number } | { seconds: number };
export type ReportSheet = { name: string; head: string[]; rows: ReportCell[][] };

/** A report as tables of a workbook; the first of them is the CSV file. */
export function reportSheets(report: Report, language: ReportLanguage): [ReportSheet, ...ReportSheet[]] {
  const words = reportWordsIn[language];
  const { column, level } = words;
  const places = [
    { level: level.all, name: '', numbers: report.all },
    ...report.organisations.map((place) => ({ ...place, level: level[place.level] })),
  ];
  const heads = (...names: (keyof ReportWords['column'])[]) => names.map((name) => column[name]);
  return [
    {
      name: words.sheets.numbers,
      head: heads(
        'level',
        'name',
        'cases',
        'open',
        'met60',
        'of60',
        'share60',
        'target',
        'met180',
        'of180',
        'share180',
        'target',
        'onSiteMet',
        'onSiteOf',
        'onSiteShare',
        'missed',
        'falseAlarms',
        'tests',
        'askedShare',
        'score',
        'reviewed',
      ),
      rows: places.map((place) => [place.level, place.name, ...numberCells(place.numbers)]),
    },
    {
      name: words.sheets.hops,
      head: heads('level', 'name', 'hop', 'count', 'p50', 'p95', 'p99', 'max'),
      rows: places.flatMap((place) =>
        reportHops.flatMap((hop): ReportCell[][] => {
          const times = place.numbers.hops[hop];
          if (!times) return [];
          const { count, p50Ms, p95Ms, p99Ms, maxMs } = times;
          return [
            [place.level, place.name, words.hop[hop], count, ...[p50Ms, p95Ms, p99Ms, maxMs].map(seconds)],
          ];
        }),
      ),
    },
    {
      name: words.sheets.missed,
      head: heads('level', 'name', 'deadline', 'reason', 'count'),
      rows: places.flatMap((place) =>
        deadlineNames.flatMap((name) =>
          place.numbers.missed
            .filter(({ deadline }) => deadline === name)
            .map(({ reason, count }) => [
              place.level,
              place.name,
              words.deadline[name],
              words.reason[reason],
              count,
            ]),
        ),
      ),
    },
    {
      name: words.sheets.devices,
      head: heads('device', 'name', 'station', 'cases', 'falseAlarms'),
      rows: report.devices.map(({ deviceId, name, stationId, cases, falseAlarms }) => [
        deviceId,
        name,
        stationId ?? '',
        cases,
        falseAlarms,
      ]),
    },
    {
      name: words.sheets.slow,
      head: heads('alarm', 'station', 'pressedAt', 'answeredAfter'),
      rows: report.slow.map(({ alarmId, stationId, pressedAt, answeredAfterMs }) => [
        alarmId,
        stationId ?? '',
        pressedAt,
        answeredAfterMs === null ? words.unanswered : seconds(answeredAfterMs),
      ]),
    },
    ...careSheets(report, words, heads),
  ];
}

/** Requests and visits, each place in a row. */
function careSheets(
  { care = [], organisations }: Report,
  words: ReportWords,
  heads: (...names: (keyof ReportWords['column'])[]) => string[],
): ReportSheet[] {
  const { level } = words;
  const places = care.flatMap(({ organisationId, requests, visits }) => {
    const place = organisations.find(({ id }) => id === organisationId);
    if (organisationId !== null && place === undefined) return [];
    const cells = [place ? level[place.level] : level.all, place?.name ?? ''];
    return [{ cells, requests, visits }];
  });
  if (places.length === 0) return [];
  return [
    {
      name: words.sheets.requests,
      head: heads(
        'level',
        'name',
        'asked',
        'byPress',
        'byPhone',
        'takenMet',
        'of60',
        'arrangedMet',
        'of60',
        'done',
        'refused',
        'cancelled',
        'open',
        'score',
        'scores',
      ),
      rows: places.map(({ cells, requests: { feedback, ...numbers } }) => [
        ...cells,
        numbers.asked,
        numbers.byPress,
        numbers.byPhone,
        numbers.taken.met,
        numbers.taken.of,
        numbers.arranged.met,
        numbers.arranged.of,
        numbers.done,
        numbers.refused,
        numbers.cancelled,
        numbers.open,
        feedback.mean,
        feedback.of,
      ]),
    },
    {
      name: words.sheets.visits,
      head: heads(
        'level',
        'name',
        'due',
        'done',
        'notDone',
        'open',
        'excused',
        'visitShare',
        'inPerson',
        'byPhone',
        'checkedIn',
      ),
      rows: places.map(({ cells, visits }) => [
        ...cells,
        visits.due,
        visits.done,
        visits.missed,
        visits.open,
        visits.excused,
        visits.share === null ? null : { share: visits.share },
        visits.byKind['in-person'],
        visits.byKind.phone,
        visits.checkedIn,
      ]),
    },
  ];
}

function numberCells(numbers: CaseNumbers): ReportCell[] {
  const { within60s, within180s } = answerTargets;
  return [
    numbers.cases,
    numbers.open,
    ...portionCells(numbers.within60s),
    { share: within60s.share },
    ...portionCells(numbers.within180s),
    { share: within180s.share },
    ...portionCells(numbers.onSite),
    numbers.missed.reduce((sum, { count }) => sum + count, 0),
    numbers.falseAlarms,
    numbers.tests,
    portionCells(numbers.satisfaction.asked)[2] ?? null,
    numbers.satisfaction.mean === null ? null : Math.round(numbers.satisfaction.mean * 100) / 100,
    portionCells(numbers.reviews)[2] ?? null,
  ];
}

function portionCells({ met, of, share }: Portion): ReportCell[] {
  return [met, of, share === null ? null : { share }];
}

function seconds(ms: number): ReportCell {
  return { seconds: ms / 1000 };
}
