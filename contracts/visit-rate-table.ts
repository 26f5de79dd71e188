import type { AbsenceKind } from './absence.ts';
import type { ReportCell, ReportSheet } from './report-table.ts';
import type { ReportLanguage } from './report-words.ts';
import type { OrganisationLevel } from './roles.ts';
import { visitTarget } from './visit-rate.ts';
import type { NotVisited, VisitNumbers, VisitRate, WhyNot } from './visit-rate.ts';
import type { VisitCause } from './visit-frequencies.ts';

type Words = {
  sheets: [string, string, string];
  places: string[];
  grids: string[];
  people: string[];
  level: Record<OrganisationLevel | 'all', string>;
  cause: Record<VisitCause, string>;
  phase: Record<NotVisited['phase'], string>;
  whyNot: Record<WhyNot, string>;
  absence: Record<AbsenceKind, string>;
};

const wordsIn: Record<ReportLanguage, Words> = {
  'zh-CN': {
    sheets: ['探访率', '网格', '未探访'],
    places: [
      '层级',
      '名称',
      '探访类别',
      '起始日',
      '截止日',
      '应访',
      '已访',
      '探访率',
      '目标',
      '上门',
      '电话',
      '传感器',
      '上门打卡',
      '未访',
      '进行中',
      '不应访（外出、住院）',
      '仅传感器有动静',
      '逾期：站点',
      '逾期：街镇',
      '逾期：区',
    ],
    grids: ['站点', '网格', '应访', '已访', '探访率', '上门', '电话', '传感器', '未访', '进行中', '不应访'],
    people: ['站点', '网格', '住址', '姓名', '状态', '原因', '尝试次数', '截止', '最近动静'],
    level: { all: '全部', district: '区', street: '街镇', station: '站点' },
    cause: { weekly: '每周', monthly: '每月', quarterly: '每季度', 'after-event': '事件后' },
    phase: { missed: '未访', open: '待访', excused: '不应访' },
    whyNot: {
      'nobody-home': '家中无人',
      'not-reached': '联系不上',
      refused: '本人谢绝',
      'no-staff': '人手不足',
      other: '其他',
      'not-tried': '未曾尝试',
    },
    absence: { away: '外出', 'in-hospital': '住院', 'on-holiday': '度假', 'carer-present': '有人陪护' },
  },
  en: {
    sheets: ['Visit rate', 'Grids', 'Not visited'],
    places: [
      'Level',
      'Name',
      'Visits',
      'First day',
      'Last day',
      'Due',
      'Done',
      'Rate',
      'Target',
      'In person',
      'By phone',
      'Sensor',
      'Checked in',
      'Missed',
      'Open',
      'Not due (away, in hospital)',
      'Only a sensor',
      'Overdue: station',
      'Overdue: street',
      'Overdue: district',
    ],
    grids: [
      'Station',
      'Grid',
      'Due',
      'Done',
      'Rate',
      'In person',
      'By phone',
      'Sensor',
      'Missed',
      'Open',
      'Not due',
    ],
    people: ['Station', 'Grid', 'Address', 'Name', 'State', 'Why', 'Tries', 'Until', 'Last sign of life'],
    level: { all: 'All', district: 'District', street: 'Street', station: 'Station' },
    cause: { weekly: 'weekly', monthly: 'monthly', quarterly: 'quarterly', 'after-event': 'after an event' },
    phase: { missed: 'missed', open: 'to be visited', excused: 'not due' },
    whyNot: {
      'nobody-home': 'nobody at home',
      'not-reached': 'not reached',
      refused: 'did not want it',
      'no-staff': 'no staff',
      other: 'other',
      'not-tried': 'nobody tried',
    },
    absence: {
      away: 'away',
      'in-hospital': 'in hospital',
      'on-holiday': 'on holiday',
      'carer-present': 'carer there',
    },
  },
};

/** The visit rate as tables of a workbook; the first of them is the CSV file. */
export function visitRateSheets(rate: VisitRate, language: ReportLanguage): [ReportSheet, ...ReportSheet[]] {
  const words = wordsIn[language];
  const { cause, firstDay, lastDay } = rate;
  const nameOf = (stationId: string): string =>
    rate.organisations.find(({ id }) => id === stationId)?.name ?? stationId;
  const [places, grids, people] = words.sheets;
  return [
    {
      name: places,
      head: words.places,
      rows: [
        { level: words.level.all, name: '', numbers: rate.all },
        ...rate.organisations.map((one) => ({ ...one, level: words.level[one.level] })),
      ].map(({ level, name, numbers }) => [
        level,
        name,
        words.cause[cause],
        firstDay,
        lastDay,
        ...shareCells(numbers),
        { share: visitTarget },
        ...kindCells(numbers),
        numbers.checkedIn,
        numbers.missed,
        numbers.open,
        numbers.excused,
        numbers.onlySensor,
        numbers.overdue.station,
        numbers.overdue.street,
        numbers.overdue.district,
      ]),
    },
    {
      name: grids,
      head: words.grids,
      rows: rate.grids.map(({ stationId, grid, numbers }) => [
        nameOf(stationId),
        grid ?? '',
        ...shareCells(numbers),
        ...kindCells(numbers),
        numbers.missed,
        numbers.open,
        numbers.excused,
      ]),
    },
    {
      name: people,
      head: words.people,
      rows: rate.notVisited.map((one) => [
        nameOf(one.stationId),
        one.grid ?? '',
        one.address,
        one.residentName,
        words.phase[one.phase],
        whyIn(words, one),
        one.tries,
        one.until,
        one.lastSignAt ?? '',
      ]),
    },
  ];
}

function shareCells({ due, done, share }: VisitNumbers): ReportCell[] {
  return [due, done, share === null ? null : { share }];
}

function kindCells({ byKind }: VisitNumbers): ReportCell[] {
  return [byKind['in-person'], byKind.phone, byKind.sensor];
}

function whyIn(words: Words, { absence, whyNot }: NotVisited): string {
  if (absence !== null) return words.absence[absence];
  return whyNot === null ? '' : words.whyNot[whyNot];
}
