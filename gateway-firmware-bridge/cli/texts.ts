import type { Rejection } from '../drivers/driver.ts';
import type { EventKind } from '@carebell/contracts/event-kinds.ts';

export type Language = 'zh-CN' | 'en';

/** `--lang` decides, then the environment; the people of this hub read Chinese, so an unset locale is Chinese. */
export function chooseLanguage(argv: readonly string[], env: NodeJS.ProcessEnv): Language {
  const flag = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const asked = flag < 0 ? undefined : (argv[flag]?.split('=')[1] ?? argv[flag + 1]);
  const locale = asked ?? (env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '');
  return locale.toLowerCase().startsWith('en') ? 'en' : 'zh-CN';
}

const zh = {
  about: '安铃网关桥：把串口上的呼叫器、门磁、跌倒雷达等接到枢纽，双向；断线、断电、枢纽停机都不丢一次呼救',
  config: '配置文件（YAML），多个端口时使用',
  port: '串口路径，最好用 /dev/serial/by-id/ 下的名字；或 tcp://主机:端口',
  driver: '固件协议；--drivers 列出全部',
  name: '端口的名字（默认为协议名）',
  baud: '波特率（默认按协议）',
  hub: '枢纽的 MQTT 地址，如 mqtt://127.0.0.1:1883',
  gateway: '网关编号，即登录枢纽的用户名',
  secretFile: '存放网关密钥的文件（只许本人可读）；或用环境变量 CAREBELL_BRIDGE_SECRET',
  tlsCa: '签发枢纽证书的 CA（PEM 文件）',
  deviceMap: '设备对照表（YAML）：哪个编码是哪个设备，按键是什么意思；改动后自动生效',
  dataDir: '存放未送达事件的目录（默认 ./data/bridge）',
  logLevel: '日志级别：debug、info、warn、error、silent',
  version: '版本',
  list: '列出串口：稳定的名字、厂商、序列号',
  drivers: '列出支持的固件协议',
  dryRun: '只解码并显示，不连接枢纽',
  record: '把收发的原始字节连同时间写入文件（文本，可读可改）',
  replay: '用录下的文件代替串口',
  speed: '回放速度：2 为两倍速，0 为不等待',
  lang: '输出语言：zh-CN 或 en',
  examples: '例子：',
  badSettings: (problems: readonly string[]) => `以下设置有误：\n${indented(problems)}`,
  bad: (what: string) => `写法不对：${what}`,
  cannotStart: (why: string) => `无法启动：${why}`,
  oneRecordingPort: '--replay 一次回放一个端口：请用 --driver 指定协议，或在配置文件中只写一个端口',
  badRecording: (what: string) => `录制文件有误：${what}`,
  seeHelp: '（--help 显示全部选项；--dry-run 不需要枢纽）',
  replayed: '回放完毕；Ctrl-C 结束',
  noPorts: '没有找到串口。适配器插好了吗？',
  noMaker: '无厂商信息',
  useStable: '配置时请用 by-id 的名字：它不随插口和插入顺序变化。',
  driverLine: (name: string, baudRate: number, about: string) => `${name}  ${baudRate} 波特  ${about}`,
  listening: (ports: string) => `正在收听 ${ports}，不连接枢纽；Ctrl-C 结束`,
  replaying: (path: string) => `正在回放 ${path}`,
  running: (ports: string, hub: string, gateway: string) =>
    `网关桥已启动：${ports} → ${hub}（${gateway}）；Ctrl-C 结束`,
  recording: (path: string) => `原始字节写入 ${path}`,
  recordingFailed: (path: string, why: string) => `录制 ${path} 中断：${why}`,
  badMap: (problems: readonly string[]) => `设备对照表有误，沿用原来的：\n${indented(problems)}`,
  mapRead: (devices: number) => `设备对照表已读入，共 ${devices} 个设备`,
  opened: '端口已打开',
  notOpened: (why: string) => `端口打不开，继续等待：${why}`,
  closed: (why: string) => `端口已断开：${why}`,
  deaf: '端口长时间没有听懂任何内容',
  heardAgain: '端口又能听懂了',
  started: (version: string) => `固件启动${version && `，版本 ${version}`}`,
  alive: (version: string) => `固件正常${version && `，版本 ${version}`}`,
  unregistered: '未登记',
  heardAs: (heard: string) => `收到 ${heard}`,
  reading: '读数',
  confirmation: (token: string, isDone: boolean, reason: string) =>
    `固件${isDone ? '已执行' : '拒绝'}指令 ${token}${reason && `：${reason}`}`,
  rejected: (what: string, length: number, bytes: string) => `丢弃 ${length} 字节（${what}）：${bytes}`,
  unknownKind: '未知编码',
  summary: (events: number, readings: number, repeats: number, rejected: number) =>
    `共 ${events} 个事件、${readings} 条读数；合并重复帧 ${repeats} 个，丢弃 ${rejected} 处`,
};
export type Texts = typeof zh & {
  kinds: Record<EventKind, string>;
  rejections: Record<Rejection, string>;
};

const en: typeof zh = {
  about:
    'The gateway bridge of Carebell: buttons, door sensors, fall radars on a serial port become devices of the hub, in both directions; no press is lost to a cut cable, a power cut or a hub that is down',
  config: 'configuration file (YAML), for several ports',
  port: 'serial port, better by its name under /dev/serial/by-id/; or tcp://host:port',
  driver: 'firmware protocol; --drivers lists them',
  name: "the port's name (default: the driver's)",
  baud: "baud rate (default: the driver's)",
  hub: "the hub's MQTT address, such as mqtt://127.0.0.1:1883",
  gateway: "the gateway's identifier, its user name at the hub",
  secretFile:
    "file with the gateway's secret (readable by its owner only); or set CAREBELL_BRIDGE_SECRET in the environment",
  tlsCa: "authority that signed the hub's certificate (PEM file)",
  deviceMap:
    'device map (YAML): which code is which device, and what its keys mean; changes take effect at once',
  dataDir: 'where events wait that are not delivered yet (default ./data/bridge)',
  logLevel: 'log level: debug, info, warn, error, silent',
  version: 'the version',
  list: 'list serial ports: stable name, maker, serial number',
  drivers: 'list the firmware protocols',
  dryRun: 'decode and show only; connect to no hub',
  record: 'write the raw bytes with their times to a file (text, to be read and edited)',
  replay: 'a recorded file takes the place of the serial port',
  speed: 'speed of the replay: 2 is twice as fast, 0 does not wait',
  lang: 'language: zh-CN or en',
  examples: 'Examples:',
  badSettings: (problems) => `these settings are wrong:\n${indented(problems)}`,
  bad: (what) => `not understood: ${what}`,
  cannotStart: (why) => `cannot start: ${why}`,
  oneRecordingPort:
    '--replay plays one port: name its protocol by --driver, or a configuration file with one port',
  badRecording: (what) => `the recording is wrong: ${what}`,
  seeHelp: '(--help shows all options; --dry-run needs no hub)',
  replayed: 'the recording has been played; Ctrl-C ends it',
  noPorts: 'no serial port found. Is the adapter plugged in?',
  noMaker: 'maker unknown',
  useStable: 'Configure the by-id name: it stays whichever socket the adapter is in.',
  driverLine: (name, baudRate, about) => `${name}  ${baudRate} baud  ${about}`,
  listening: (ports) => `listening to ${ports}, without a hub; Ctrl-C ends it`,
  replaying: (path) => `replaying ${path}`,
  running: (ports, hub, gateway) => `bridge is running: ${ports} → ${hub} (${gateway}); Ctrl-C ends it`,
  recording: (path) => `raw bytes go to ${path}`,
  recordingFailed: (path, why) => `recording ${path} broke off: ${why}`,
  badMap: (problems) => `the device map is wrong; what was known stays in use:\n${indented(problems)}`,
  mapRead: (devices) => `device map read: ${devices} devices`,
  opened: 'port open',
  notOpened: (why) => `port cannot be opened, waiting for it: ${why}`,
  closed: (why) => `port closed: ${why}`,
  deaf: 'nothing was understood on the port for an unusual time',
  heardAgain: 'the port is understood again',
  started: (version) => `firmware has started${version && `, version ${version}`}`,
  alive: (version) => `firmware lives${version && `, version ${version}`}`,
  unregistered: 'not registered',
  heardAs: (heard) => `heard as ${heard}`,
  reading: 'reading',
  confirmation: (token, isDone, reason) =>
    `the firmware ${isDone ? 'has done' : 'refuses'} order ${token}${reason && `: ${reason}`}`,
  rejected: (what, length, bytes) => `${length} bytes thrown away (${what}): ${bytes}`,
  unknownKind: 'unknown code',
  summary: (events, readings, repeats, rejected) =>
    `${events} events, ${readings} readings; ${repeats} repeated frames merged, ${rejected} times bytes thrown away`,
};

const kindsInChinese: Record<EventKind, string> = {
  'button.pressed': '按键',
  'button.cancelled': '取消呼叫',
  'fall.suspected': '疑似跌倒',
  'fall.detected': '跌倒',
  'fall.cleared': '跌倒解除',
  'door.opened': '门开',
  'door.closed': '门关',
  'motion.detected': '有人活动',
  'motion.cleared': '无人活动',
  'bed.entered': '上床',
  'bed.left': '离床',
  'smoke.detected': '烟雾',
  'smoke.cleared': '烟雾解除',
  'gas.detected': '燃气泄漏',
  'gas.cleared': '燃气解除',
  'water.detected': '漏水',
  'water.cleared': '漏水解除',
  'tamper.opened': '设备被拆',
  'tamper.closed': '设备复位',
  'battery.low': '电量低',
  'battery.ok': '电量正常',
  'mains.lost': '断电',
  'mains.restored': '来电',
  'test.pressed': '测试',
  heartbeat: '心跳',
};

const rejectionsInChinese: Record<Rejection, string> = {
  noise: '杂波',
  cut: '帧不完整',
  checksum: '校验错误',
  length: '长度错误',
  'too-long': '过长无结尾',
  'unknown-frame': '未知帧',
  'bad-field': '字段不合理',
};

export function textsIn(language: Language): Texts {
  return language === 'en'
    ? { ...en, kinds: namesOf(kindsInChinese), rejections: namesOf(rejectionsInChinese) }
    : { ...zh, kinds: kindsInChinese, rejections: rejectionsInChinese };
}

/** English needs no other words than the names in the contracts. */
function namesOf<K extends string>(words: Record<K, string>): Record<K, string> {
  return Object.fromEntries(Object.keys(words).map((name) => [name, name])) as Record<K, string>;
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join('\n');
}
