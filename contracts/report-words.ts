import type { DeadlineName, MissReason } from './escalation-steps.ts';
import type { ReportHop } from './report.ts';
import type { OrganisationLevel } from './roles.ts';

export type ReportLanguage = 'zh-CN' | 'en';

export type ReportWords = {
  sheets: Record<'numbers' | 'hops' | 'missed' | 'devices' | 'slow' | 'requests' | 'visits', string>;
  level: Record<OrganisationLevel | 'all', string>;
  column: Record<
    | 'level'
    | 'name'
    | 'cases'
    | 'open'
    | 'tests'
    | 'reviewed'
    | 'falseAlarms'
    | 'met60'
    | 'of60'
    | 'share60'
    | 'met180'
    | 'of180'
    | 'share180'
    | 'target'
    | 'onSiteMet'
    | 'onSiteOf'
    | 'onSiteShare'
    | 'missed'
    | 'askedShare'
    | 'score'
    | 'hop'
    | 'count'
    | 'p50'
    | 'p95'
    | 'p99'
    | 'max'
    | 'deadline'
    | 'reason'
    | 'device'
    | 'alarm'
    | 'pressedAt'
    | 'answeredAfter'
    | 'station'
    | 'asked'
    | 'byPress'
    | 'byPhone'
    | 'takenMet'
    | 'arrangedMet'
    | 'done'
    | 'refused'
    | 'cancelled'
    | 'scores'
    | 'due'
    | 'notDone'
    | 'excused'
    | 'visitShare'
    | 'inPerson'
    | 'checkedIn',
    string
  >;
  hop: Record<ReportHop, string>;
  deadline: Record<DeadlineName, string>;
  reason: Record<MissReason, string>;
  unanswered: string;
};

const zhCN: ReportWords = {
  sheets: {
    numbers: '指标',
    hops: '各段用时',
    missed: '超时原因',
    devices: '误报设备',
    slow: '超过180秒',
    requests: '服务请求',
    visits: '探访',
  },
  level: { all: '全部', district: '区', street: '街镇', station: '站点' },
  column: {
    level: '层级',
    name: '名称',
    cases: '报警数',
    open: '未结',
    tests: '测试（不计）',
    reviewed: '超时已复核',
    falseAlarms: '误报',
    met60: '60秒内接警',
    of60: '应计',
    share60: '60秒接警率',
    met180: '180秒内接警',
    of180: '应计',
    share180: '180秒接警率',
    target: '目标',
    onSiteMet: '按时到场',
    onSiteOf: '应到场',
    onSiteShare: '按时到场率',
    missed: '超时次数',
    askedShare: '回访率',
    score: '满意度（1–5）',
    hop: '阶段',
    count: '次数',
    p50: 'P50（秒）',
    p95: 'P95（秒）',
    p99: 'P99（秒）',
    max: '最长（秒）',
    deadline: '时限',
    reason: '原因',
    device: '设备',
    alarm: '报警编号',
    pressedAt: '按下时间',
    answeredAfter: '接警用时（秒）',
    station: '站点编号',
    asked: '请求数',
    byPress: '按键',
    byPhone: '电话',
    takenMet: '按时受理',
    arrangedMet: '按时安排',
    done: '完成',
    refused: '无法提供',
    cancelled: '取消',
    scores: '评分数',
    due: '应探访',
    notDone: '未探访',
    excused: '外出免探',
    visitShare: '探访率',
    inPerson: '上门',
    checkedIn: '已签到',
  },
  hop: {
    received: '按下→收到',
    stored: '收到→入库',
    displayed: '入库→显示',
    acknowledged: '显示→接警',
    closed: '接警→结案',
    answered: '按下→接警',
    'on-site': '按下→到场',
  },
  deadline: { answered: '接警', 'on-site': '到场', closed: '结案' },
  reason: {
    'arrived-late': '信号迟到',
    'not-displayed': '没有屏幕显示',
    'not-answered': '无人接警',
    'acknowledgement-expired': '接警后无后续',
    'no-responder': '无人出动',
    'responder-not-there': '上门人员未到',
    'still-open': '尚未结案',
  },
  unanswered: '尚未接警',
};

const en: ReportWords = {
  sheets: {
    numbers: 'Numbers',
    hops: 'Hops',
    missed: 'Missed deadlines',
    devices: 'False alarms',
    slow: 'Over 180 s',
    requests: 'Service requests',
    visits: 'Visits',
  },
  level: { all: 'All', district: 'District', street: 'Street', station: 'Station' },
  column: {
    level: 'Level',
    name: 'Name',
    cases: 'Alarms',
    open: 'Open',
    tests: 'Tests (left out)',
    reviewed: 'Misses reviewed',
    falseAlarms: 'False alarms',
    met60: 'Answered ≤ 60 s',
    of60: 'of',
    share60: 'Share ≤ 60 s',
    met180: 'Answered ≤ 180 s',
    of180: 'of',
    share180: 'Share ≤ 180 s',
    target: 'Target',
    onSiteMet: 'On site in time',
    onSiteOf: 'of',
    onSiteShare: 'Share on site',
    missed: 'Missed deadlines',
    askedShare: 'Share asked',
    score: 'Satisfaction (1–5)',
    hop: 'Hop',
    count: 'Count',
    p50: 'P50 (s)',
    p95: 'P95 (s)',
    p99: 'P99 (s)',
    max: 'Longest (s)',
    deadline: 'Deadline',
    reason: 'Reason',
    device: 'Device',
    alarm: 'Alarm',
    pressedAt: 'Pressed at',
    answeredAfter: 'Answered after (s)',
    station: 'Station',
    asked: 'Requests',
    byPress: 'By key',
    byPhone: 'By telephone',
    takenMet: 'Taken in time',
    arrangedMet: 'Arranged in time',
    done: 'Done',
    refused: 'Refused',
    cancelled: 'Cancelled',
    scores: 'Scores',
    due: 'Due',
    notDone: 'Missed',
    excused: 'Excused (away)',
    visitShare: 'Visit rate',
    inPerson: 'In person',
    checkedIn: 'Checked in',
  },
  hop: {
    received: 'press → received',
    stored: 'received → stored',
    displayed: 'stored → displayed',
    acknowledged: 'displayed → answered',
    closed: 'answered → closed',
    answered: 'press → answered',
    'on-site': 'press → on site',
  },
  deadline: { answered: 'answered', 'on-site': 'on site', closed: 'closed' },
  reason: {
    'arrived-late': 'arrived late',
    'not-displayed': 'no screen displayed it',
    'not-answered': 'nobody answered',
    'acknowledgement-expired': 'nothing followed the answer',
    'no-responder': 'nobody was sent',
    'responder-not-there': 'responder not there',
    'still-open': 'still open',
  },
  unanswered: 'not answered yet',
};

/** What a report's tables are headed by. */
export const reportWordsIn: Record<ReportLanguage, ReportWords> = { 'zh-CN': zhCN, en };
