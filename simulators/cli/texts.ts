import type { ReassuranceState } from '@carebell/contracts/event-kinds.ts';
import { claimTextsEn, claimTextsZh } from './claim-texts.ts';
import { gatewayTextsEn, gatewayTextsZh } from './gateway-texts.ts';
import { runTextsEn, runTextsZh } from './run-texts.ts';

export type Language = 'zh-CN' | 'en';

/** `--lang` decides, then the environment; residents of this hub read Chinese, so an unset locale is Chinese. */
export function chooseLanguage(argv: readonly string[], env: NodeJS.ProcessEnv): Language {
  const flag = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const asked = flag < 0 ? undefined : (argv[flag]?.split('=')[1] ?? argv[flag + 1]);
  const locale = asked ?? env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '';
  return locale.toLowerCase().startsWith('en') ? 'en' : 'zh-CN';
}

const reassurances: Record<Language, Record<ReassuranceState, string>> = {
  'zh-CN': {
    received: '已收到您的呼叫',
    answered: '值守人员已接听',
    'on-the-way': '救助人员已在路上',
    closed: '本次呼叫已处理完毕',
  },
  en: {
    received: 'your call has been received',
    answered: 'someone is on it',
    'on-the-way': 'help is on the way',
    closed: 'the call has been dealt with',
  },
};

const zh = {
  language: 'zh-CN' as Language,
  gateway: gatewayTextsZh,
  claim: claimTextsZh,
  run: runTextsZh,
  about: '安铃的虚拟设备：按一次呼救、跌倒一次、开一次门、过一天，或同时运行许多设备',
  pressAbout: '按呼叫器或一键通的一个键',
  fallAbout: '跌倒一次：先报疑似，取消窗口过后报确认',
  doorAbout: '开门、关门',
  homeAbout: '一户人家的全部设备过一天',
  fleetAbout: '一个进程里运行许多设备，给枢纽加负载',
  hub: '枢纽的 MQTT 地址',
  id: '设备编号',
  secret: '设备密钥',
  accounts: '账号文件',
  resident: '老人姓名：用这位老人的设备',
  lang: '输出语言：zh-CN 或 en',
  wait: '等待回应的秒数',
  timeout: '等待 PUBACK 的秒数',
  key: '键',
  pressKind: '按法',
  cancelAfter: '几秒后由老人取消',
  window: '取消窗口的秒数',
  action: '动作',
  from: '从几点开始',
  hours: '过几个小时',
  pace: '比真实时间快多少倍',
  seed: '随机种子',
  count: '设备数量（默认全部）',
  rate: '全体设备每秒事件数',
  duration: '持续秒数',
  helpShare: '其中呼救所占的比例',
  perSecond: '每秒新连接数',
  examples: '例子：',
  connecting: (hub: string, id: string, resident: string | null) =>
    `正在连接 ${hub}，设备 ${id}${resident === null ? '' : `（${resident}）`}`,
  connected: '已连接',
  sent: (kind: string, id: string, repetition: number) =>
    `已发送 ${kind}，编号 ${id}${repetition > 1 ? `（第 ${repetition} 次发送）` : ''}`,
  accepted: (ms: string) => `PUBACK，${ms} 毫秒后：枢纽已保存`,
  reassured: (state: ReassuranceState) => `回应：${reassurances['zh-CN'][state]}（${state}）`,
  identified: '设备闪灯并鸣响（identify）',
  lost: (seconds: string) => `连接中断，${seconds} 秒后重连`,
  unreachable: (hub: string, code: string) =>
    `连不上枢纽 ${hub}（${code}）。枢纽在运行吗？可先运行 npm run demo，或用 --hub 给出地址`,
  refused: (code: number) =>
    code === 4 || code === 5
      ? `枢纽拒绝了登录（CONNACK ${code}）：设备编号或密钥不对`
      : `枢纽拒绝了连接（CONNACK ${code}）`,
  notAccepted: (seconds: number) => `${seconds} 秒内没有 PUBACK：枢纽没有保存`,
  waiting: (seconds: number) => `等待回应，最多 ${seconds} 秒`,
  noReassurance: '没有收到回应',
  cancelled: '老人已取消',
  noAccounts: (path: string) =>
    `没有账号文件 ${path}。先运行 npm run demo，或用 --id 和 --secret 给出设备，或用 --accounts 给出文件`,
  badAccounts: (path: string, detail: string) => `账号文件 ${path} 读不出来：${detail}`,
  'no-such-device': '账号文件里没有这个设备',
  'no-such-resident': '账号文件里没有这位老人的设备',
  'no-fitting-device': '这位老人没有合适的设备',
  secretAlone: '--secret 要和 --id 一起给出',
  bad: (what: string) => `写法不对：${what}`,
  dayBegins: (resident: string, devices: number) => `${resident}：${devices} 个设备，开始过一天`,
  dayEnds: (accepted: number, sent: number) => `一天结束：发送 ${sent} 个事件，已保存 ${accepted} 个`,
  fleetConnected: (connected: number, refused: number, ms: string) =>
    `已连接 ${connected} 个设备，被拒绝 ${refused} 个，用时 ${ms} 毫秒`,
  fleetBehind: (devices: number, connected: number, refused: number, ms: string) =>
    `${devices} 个设备在网关后面：已连接 ${connected} 个，被拒绝 ${refused} 个，用时 ${ms} 毫秒`,
  fleetTook: (seconds: string, perSecond: string) => `登记用时 ${seconds} 秒，每秒 ${perSecond} 个设备`,
  behindGateways: '每户四个设备在一个网关后面，共用一个连接（如多数家庭）；每 250 户一个驿站',
  fleetEntered: (entered: number, all: number) => `已登记 ${entered}/${all} 个虚拟设备`,
  fleetWritten: (path: string) => `密钥写入 ${path}；接着：fleet --accounts ${path} --live`,
  fleetCost: (kilobytes: string, cpu: string) => `每个设备 ${kilobytes} KB 内存；本进程占用 CPU ${cpu} 核`,
  enterAbout: '在试验驿站登记许多虚拟设备，供 fleet 使用',
  live: '每四个设备一户，按各家的作息过日子，并定时报平安（默认：随机负载）',
  livePace: '日子过得比真实时间快多少倍',
  heartbeat: '每个设备每隔多少秒报一次平安',
  localAddresses: '从本机的这些地址连接，例如 127.0.0.2,127.0.0.3（每个地址约 25,000 个设备）',
  out: '密钥文件',
  fleetSent: (sent: number, accepted: number, repeated: number) =>
    `发送 ${sent}，已保存 ${accepted}，重发 ${repeated}`,
};
export type Texts = typeof zh;

const en: Texts = {
  language: 'en',
  gateway: gatewayTextsEn,
  claim: claimTextsEn,
  run: runTextsEn,
  about:
    'Virtual devices of Carebell: press a button, have a fall, open a door, live a day, or run many at once',
  pressAbout: 'press a key of a button or one-key terminal',
  fallAbout: 'have a fall: suspected first, detected when the cancel window has passed',
  doorAbout: 'open and close a door',
  homeAbout: 'all devices of one dwelling live a day',
  fleetAbout: 'many devices in one process, to put load on the hub',
  hub: "the hub's MQTT address",
  id: 'device identifier',
  secret: 'device secret',
  accounts: 'accounts file',
  resident: "resident's name: use this person's device",
  lang: 'language: zh-CN or en',
  wait: 'seconds to wait for a reassurance',
  timeout: 'seconds to wait for the PUBACK',
  key: 'key',
  pressKind: 'way of pressing',
  cancelAfter: 'the resident cancels after so many seconds',
  window: 'seconds of the cancel window',
  action: 'what the door does',
  from: 'time of day at which it begins',
  hours: 'hours to live',
  pace: 'how many times faster than real time',
  seed: 'seed of what happens by chance',
  count: 'number of devices (default: all)',
  rate: 'events each second of the whole fleet',
  duration: 'seconds to run',
  helpShare: 'share of calls for help among the events',
  perSecond: 'new connections each second',
  examples: 'Examples:',
  connecting: (hub, id, resident) =>
    `connecting to ${hub} as ${id}${resident === null ? '' : ` (${resident})`}`,
  connected: 'connected',
  sent: (kind, id, repetition) =>
    `sent ${kind}, id ${id}${repetition > 1 ? ` (transmission ${repetition})` : ''}`,
  accepted: (ms) => `PUBACK after ${ms} ms: stored by the hub`,
  reassured: (state) => `reassurance: ${reassurances.en[state]} (${state})`,
  identified: 'the device blinks and beeps (identify)',
  lost: (seconds) => `connection lost, again in ${seconds} s`,
  unreachable: (hub, code) =>
    `cannot reach the hub at ${hub} (${code}). Is it running? Start npm run demo, or name it by --hub`,
  refused: (code) =>
    code === 4 || code === 5
      ? `the hub refused the log-in (CONNACK ${code}): wrong device identifier or secret`
      : `the hub refused the connection (CONNACK ${code})`,
  notAccepted: (seconds) => `no PUBACK within ${seconds} s: not stored by the hub`,
  waiting: (seconds) => `waiting for reassurance, up to ${seconds} s`,
  noReassurance: 'no reassurance came',
  cancelled: 'cancelled by the resident',
  noAccounts: (path) =>
    `no accounts file at ${path}. Start npm run demo first, or give --id and --secret, or name a file by --accounts`,
  badAccounts: (path, detail) => `cannot read the accounts file ${path}: ${detail}`,
  'no-such-device': 'the accounts file has no such device',
  'no-such-resident': 'the accounts file has no device of that resident',
  'no-fitting-device': 'that resident has no fitting device',
  secretAlone: '--secret goes with --id',
  bad: (what) => `not understood: ${what}`,
  dayBegins: (resident, devices) => `${resident}: ${devices} devices begin their day`,
  dayEnds: (accepted, sent) => `the day is over: ${sent} events sent, ${accepted} stored`,
  fleetConnected: (connected, refused, ms) =>
    `${connected} devices connected, ${refused} refused, in ${ms} ms`,
  fleetBehind: (devices, connected, refused, ms) =>
    `${devices} devices behind gateways: ${connected} connected, ${refused} refused, in ${ms} ms`,
  fleetTook: (seconds, perSecond) => `entered in ${seconds} s, ${perSecond} devices a second`,
  behindGateways:
    'four devices of a home stand behind a gateway and share its connection, as in most homes; 250 homes are a station',
  fleetEntered: (entered, all) => `${entered} of ${all} virtual devices entered`,
  fleetWritten: (path) => `secrets written to ${path}; next: fleet --accounts ${path} --live`,
  fleetCost: (kilobytes, cpu) => `${kilobytes} KB of memory a device; ${cpu} cores of CPU in this process`,
  enterAbout: 'enters many virtual devices at the test station, for fleet',
  live: 'four devices are a home each, living its day and giving signs of life (default: load at random)',
  livePace: 'how many times faster than real time the days go',
  heartbeat: 'seconds between two signs of life of a device',
  localAddresses:
    'calls from these addresses of this machine, such as 127.0.0.2,127.0.0.3 (some 25,000 devices each)',
  out: 'file for the secrets',
  fleetSent: (sent, accepted, repeated) => `sent ${sent}, stored ${accepted}, repeated ${repeated}`,
};

export function textsIn(language: Language): Texts {
  return language === 'en' ? en : zh;
}
