import type { CheckKey } from '@carebell/contracts/commissioning-checks.ts';
import type { ClaimState } from '@carebell/contracts/claims.ts';
import type { JobKind } from '@carebell/contracts/maintenance.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';
import type { TestScope } from '@carebell/contracts/test-mode.ts';

/** The words of a language for what the contracts name. */
export type Words = {
  types: Record<DeviceType, string>;
  checks: Record<CheckKey, string>;
  jobKinds: Record<JobKind, string>;
  /** What the hub must see for a job to be done. */
  doneWhen: Record<JobKind, string>;
  claimStates: Record<ClaimState, string>;
  scopes: Record<TestScope, string>;
  commissioningStates: Record<'open' | 'signed' | 'abandoned', string>;
  witnessRoles: Record<'resident' | 'family' | 'witness', string>;
  /** What to do for what a check waits for. */
  toDo: Readonly<Record<string, string>>;
};

export const wordsZh: Words = {
  types: {
    button: '呼叫按钮',
    terminal: '一键通',
    'fall-detector': '跌倒检测',
    'door-sensor': '门磁',
    'motion-sensor': '人体感应',
    'bed-sensor': '床垫',
    'smoke-detector': '烟感',
    'gas-detector': '燃气',
    'water-detector': '水浸',
    other: '其他',
  },
  checks: {
    presses: '连按三次',
    events: '触发一次',
    fall: '疑似—取消—确认跌倒',
    tamper: '打开再合上外壳',
    battery: '电池电量',
    reassurance: '老人听到或看到回应',
    shown: '值守屏幕显示报警',
    alive: '收到设备信号',
  },
  jobKinds: {
    silent: '失联',
    'never-heard': '登记后从未收到',
    battery: '更换电池',
    'button-test': '测试按钮',
    commissioning: '验收遗留',
    retest: '重新测试',
    firmware: '升级固件',
  },
  doneWhen: {
    silent: '失联：枢纽重新收到它的消息才算完成',
    'never-heard': '从未收到：枢纽收到它的消息才算完成',
    battery: '更换电池：枢纽收到新的电量才算完成',
    'button-test': '测试按钮：按一下，枢纽收到才算完成',
    commissioning: '验收遗留：遗留问题逐条标记完成',
    retest: '重新测试：枢纽收到所需的信号才算完成',
    firmware: '升级固件：设备报告所要求的版本才算完成',
  },
  claimStates: {
    none: '没有代码',
    open: '等待设备登录',
    delivered: '密钥已送出，等设备用它登录',
    used: '设备已用自己的密钥登录',
    expired: '已过期',
    locked: '输错太多次，已锁定',
  },
  scopes: { device: '设备', dwelling: '住所', station: '驿站' },
  commissioningStates: { open: '进行中', signed: '已签字', abandoned: '已中止' },
  witnessRoles: { resident: '老人本人', family: '家属', witness: '见证人' },
  toDo: {
    press: '请按一下，间隔三秒，共三次',
    'stronger-press': '信号太弱：移近网关或换位置，再连按三次',
    reading: '还没有收到电量。按一下设备，或等它上报；不上报电量的请跳过',
    'new-battery': '电量不足：换电池后再按一下',
    confirmation: '设备已执行。请问老人：看到或听到了吗？是就 --confirm',
    alarm: '请按一下，产生一个测试报警',
    screen: '报警已产生，正在等值守屏幕显示。没人开着屏幕？请打电话给站点',
    answer: '这台设备已有未处理的测试报警：请站点先接警，再按一下',
    sign: '还没有收到这台设备的任何信号。检查电源、网关和登记的编号',
    'door.opened': '请打开门',
    'door.closed': '请关上门',
    'motion.detected': '请在它面前走动',
    'bed.entered': '请坐到或躺到床上',
    'bed.left': '请离开床',
    'smoke.detected': '请按住自检按钮或喷测试烟',
    'gas.detected': '请按住自检按钮',
    'water.detected': '请弄湿感应片',
    'fall.suspected': '请模拟跌倒',
    'fall.cleared': '请在取消时间内起身或按取消',
    'fall.detected': '请再次模拟跌倒，并躺着不动',
    'tamper.opened': '请打开外壳',
    'tamper.closed': '请合上外壳',
  },
};

export const wordsEn: Words = {
  types: {
    button: 'button',
    terminal: 'terminal',
    'fall-detector': 'fall detector',
    'door-sensor': 'door sensor',
    'motion-sensor': 'motion sensor',
    'bed-sensor': 'bed sensor',
    'smoke-detector': 'smoke detector',
    'gas-detector': 'gas detector',
    'water-detector': 'water detector',
    other: 'other',
  },
  checks: {
    presses: 'Press three times',
    events: 'Set it off once',
    fall: 'Suspected, taken back, fallen',
    tamper: 'Open and close the cover',
    battery: 'Battery',
    reassurance: 'The resident sees or hears the answer',
    shown: 'A station screen shows the alarm',
    alive: 'The device is heard',
  },
  jobKinds: {
    silent: 'silent',
    'never-heard': 'never heard',
    battery: 'battery',
    'button-test': 'test the button',
    commissioning: 'open point',
    retest: 'test again',
    firmware: 'firmware',
  },
  doneWhen: {
    silent: 'silent: done when the hub hears it again',
    'never-heard': 'never heard: done when the hub hears it',
    battery: 'battery: done when the hub hears of a fresh one',
    'button-test': 'test the button: done when the hub hears a press',
    commissioning: 'open point: done when somebody says so',
    retest: 'test again: done when the hub hears what is needed',
    firmware: 'firmware: done when it says the wished version',
  },
  claimStates: {
    none: 'no code',
    open: 'waits for the device',
    delivered: 'the secret went out; the device has not used it yet',
    used: 'the device signed in with its own secret',
    expired: 'too old',
    locked: 'locked after too many wrong codes',
  },
  scopes: { device: 'device', dwelling: 'dwelling', station: 'station' },
  commissioningStates: { open: 'open', signed: 'signed', abandoned: 'abandoned' },
  witnessRoles: { resident: 'Resident', family: 'Family', witness: 'Witness' },
  toDo: {
    press: 'press it, wait three seconds, three times',
    'stronger-press': 'too weak: nearer to the gateway or another place, then three presses again',
    reading: 'no battery level yet: press it once or wait for its report; skip it if it reports none',
    'new-battery': 'too low: change the battery, then press once',
    confirmation: 'the device has done it. Ask the resident: seen or heard? If so, --confirm',
    alarm: 'press once, for a test alarm',
    screen: 'the alarm is there and waits for a screen of the station. Nobody there? Phone the station',
    answer: 'a test alarm of this device is open: have the station answer it, then press once',
    sign: 'nothing heard of this device yet: look at its power, the gateway and the identifier',
    'door.opened': 'open the door',
    'door.closed': 'close the door',
    'motion.detected': 'walk in front of it',
    'bed.entered': 'sit or lie down on the bed',
    'bed.left': 'leave the bed',
    'smoke.detected': 'hold its test button or use test smoke',
    'gas.detected': 'hold its test button',
    'water.detected': 'wet its contacts',
    'fall.suspected': 'act a fall',
    'fall.cleared': 'get up or cancel within its time',
    'fall.detected': 'act a fall again and stay down',
    'tamper.opened': 'open the cover',
    'tamper.closed': 'close the cover',
  },
};
