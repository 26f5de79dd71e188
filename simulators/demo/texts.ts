import type { Role } from '@carebell/contracts/roles.ts';
import type { Language } from '../cli/texts.ts';

type MonthDay = { number: number; of: number; date: string; alarms: number; minutesLeft: number };
type MonthLived = { alarms: number; seconds: number };

const zh = {
  starting: '正在启动枢纽…',
  seeding: '正在建立示例社区（安宁区，3 个驿站，24 位老人）…',
  past: (days: number) => `正在写入过去 ${days} 天…`,
  pastDay: (date: string, messages: number) => `  ${date}   共 ${messages} 条`,
  pastCalls: '正在呼叫并应答几次，好有响应时间可看…',
  pastFailed: (why: string) => `写入过去的日子时出错：${why}`,
  month: (from: string, days: number) => `从 ${from} 起过 ${days} 天的日子，一切照常经过枢纽…`,
  monthDay: ({ number, of, date, alarms, minutesLeft }: MonthDay) =>
    `  第 ${number} 天，共 ${of} 天   ${date}   已结案 ${alarms}   约剩 ${minutesLeft} 分钟`,
  monthLived: ({ alarms, seconds }: MonthLived) =>
    `这段日子过完了：人员结案 ${alarms} 起报警，用时 ${seconds} 秒。枢纽现在按真实时间继续。`,
  monthRefused: (refused: string) => `其中被枢纽拒绝的操作：${refused}`,
  monthStopped: (date: string) => `停在 ${date}。这个目录里的日子不完整：要重来请换一个 CAREBELL_DATA_DIR`,
  monthThere: (from: string, until: string) => `${from} 到 ${until} 的日子已经过完，枢纽从现在继续。`,
  monthNeedsFresh: (dataDir: string) =>
    `${dataDir} 里已有一个演示。--days 要从空目录开始：请用 CAREBELL_DATA_DIR=另一个目录`,
  monthBroken: (dataDir: string, date: string) =>
    `${dataDir} 里的日子停在 ${date}，没有过完，也不能接着过：请用 CAREBELL_DATA_DIR=另一个目录`,
  monthAhead: (until: string) => `--until ${until} 还没有到：请写今天或更早的日子`,
  monthFailed: (why: string) => `过日子时出错：${why}`,
  title: '安铃 Carebell 演示',
  open: '打开',
  logIns: '登录',
  tryIt: '试一试',
  pressByCommand: '按一位老人的呼叫器',
  accounts: '账号',
  accountsNote: '上面所有的账号和每个设备的密钥',
  stop: '停止',
  stopNote: '按 Ctrl-C',
  quiet: '安静模式：虚拟设备不会自己呼救',
  living: '虚拟设备正在活动：约 20 秒后有第一次呼救，此后每隔几分钟一次',
  stopping: '正在停止虚拟设备和枢纽…',
  stopped: '已停止',
  roles: {
    administrator: '管理员',
    supervisor: '值班主管',
    'district-supervisor': '区级督导',
    'street-supervisor': '街镇督导',
    'station-manager': '站长',
    operator: '值守',
    responder: '上门人员',
    installer: '安装员',
    auditor: '审计员',
  } satisfies Record<Role, string>,
  notADemo: (dataDir: string) =>
    `${dataDir} 里已有一个不是演示的枢纽（有 carebell.db，没有 demo-accounts.json）。演示不会动它：请用 CAREBELL_DATA_DIR=另一个目录 npm run demo`,
  badAccounts: (path: string, detail: string) =>
    `${path} 读不出来，请修好或换一个 CAREBELL_DATA_DIR：${detail}`,
  portTaken: (name: string, port: number, reason: string) =>
    `127.0.0.1:${port} 用不了（${reason}）。请停下占用它的程序，或用 ${name}=另一个端口 npm run demo`,
  hubEnded: (how: string) => `枢纽意外结束（${how}），原因见上面的输出`,
  notReady: '枢纽 60 秒内没有就绪',
  apiProblem: (problem: string) => `建立示例社区时出错：${problem}`,
};
export type DemoTexts = typeof zh;

const en: DemoTexts = {
  starting: 'starting the hub …',
  seeding: 'creating the sample community (one district, 3 stations, 24 residents) …',
  past: (days) => `filling the ${days} days before now …`,
  pastDay: (date, messages) => `  ${date}   ${messages} messages so far`,
  pastCalls: 'making and answering a few calls, so that there are times of response …',
  pastFailed: (why) => `could not fill the days before now: ${why}`,
  month: (from, days) => `living ${days} days from ${from} on, all of it through the hub …`,
  monthDay: ({ number, of, date, alarms, minutesLeft }) =>
    `  day ${number} of ${of}   ${date}   ${alarms} alarms closed   about ${minutesLeft} min left`,
  monthLived: ({ alarms, seconds }) =>
    `lived: people have closed ${alarms} alarms, in ${seconds} seconds. The hub goes on in real time.`,
  monthRefused: (refused) => `of what people did the hub refused: ${refused}`,
  monthStopped: (date) =>
    `stopped at ${date}. The days in this folder are not whole: choose another CAREBELL_DATA_DIR to begin again`,
  monthThere: (from, until) => `the days from ${from} to ${until} have been lived; the hub goes on from now.`,
  monthNeedsFresh: (dataDir) =>
    `${dataDir} holds a demo already. --days begins with an empty folder: choose another CAREBELL_DATA_DIR`,
  monthBroken: (dataDir, date) =>
    `the days in ${dataDir} stopped at ${date} and cannot be gone on with: choose another CAREBELL_DATA_DIR`,
  monthAhead: (until) => `--until ${until} is still to come: give today or an earlier day`,
  monthFailed: (why) => `could not live these days: ${why}`,
  title: 'Carebell 安铃 demo',
  open: 'open',
  logIns: 'log in',
  tryIt: 'try',
  pressByCommand: "presses a resident's button",
  accounts: 'accounts',
  accountsNote: 'all of these, and the secret of every device',
  stop: 'stop',
  stopNote: 'Ctrl-C',
  quiet: 'quiet: the virtual devices make no alarms by themselves',
  living:
    'the virtual devices are living: a first call for help in about 20 seconds, then one every few minutes',
  stopping: 'stopping the virtual devices and the hub …',
  stopped: 'stopped',
  roles: {
    administrator: 'administrator',
    supervisor: 'supervisor',
    'district-supervisor': 'district supervisor',
    'street-supervisor': 'street supervisor',
    'station-manager': 'station manager',
    operator: 'operator',
    responder: 'responder',
    installer: 'installer',
    auditor: 'auditor',
  },
  notADemo: (dataDir) =>
    `${dataDir} holds a hub that is not a demo (carebell.db without demo-accounts.json). The demo leaves it alone: run CAREBELL_DATA_DIR=another-folder npm run demo`,
  badAccounts: (path, detail) =>
    `cannot read ${path}; mend it or choose another CAREBELL_DATA_DIR: ${detail}`,
  portTaken: (name, port, reason) =>
    `127.0.0.1:${port} cannot be had (${reason}). Stop the program that holds it, or run ${name}=another-port npm run demo`,
  hubEnded: (how) => `the hub ended unexpectedly (${how}); it says above why`,
  notReady: 'the hub was not ready within 60 seconds',
  apiProblem: (problem) => `could not create the sample community: ${problem}`,
};

export function demoTextsIn(language: Language): DemoTexts {
  return language === 'en' ? en : zh;
}
