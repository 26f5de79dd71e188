import type { CheckKey } from './commissioning-checks.ts';
import type { commissioningStates, witnessRoles } from './commissioning.ts';
import type { EventKind } from './event-kinds.ts';
import type { JobKind } from './maintenance.ts';

/** What a check can wait for that is no kind of event. */
type Wait =
  | 'press'
  | 'stronger-press'
  | 'reading'
  | 'new-battery'
  | 'confirmation'
  | 'alarm'
  | 'screen'
  | 'answer'
  | 'sign';

type InstallerWords = {
  commissioningStates: Record<(typeof commissioningStates)[number], string>;
  checks: Record<CheckKey, string>;
  /** What to do for what a check waits for. */
  toDo: Record<Wait, string> & Partial<Record<EventKind, string>>;
  witnessRoles: Record<(typeof witnessRoles)[number], string>;
  jobKinds: Record<JobKind, string>;
};

/** What installers read, on the pages of the workbench and on its command line. */
export const installerWordsZhCN = {
  commissioningStates: { open: '进行中', signed: '已签字', abandoned: '已中止' },
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
  toDo: {
    press: '请按一下，间隔三秒，共三次',
    'stronger-press': '信号太弱：移近网关或换位置，再连按三次',
    reading: '还没有收到电量。按一下设备，或等它上报；不上报电量的请跳过',
    'new-battery': '电量不足：换电池后再按一下',
    confirmation: '设备已执行。请问老人：看到或听到了吗？',
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
  witnessRoles: { resident: '老人本人', family: '家属', witness: '见证人' },
  jobKinds: {
    silent: '失联',
    'never-heard': '登记后从未收到',
    battery: '更换电池',
    'button-test': '测试按钮',
    commissioning: '验收遗留',
    retest: '重新测试',
    firmware: '升级固件',
  },
} satisfies InstallerWords;

export const installerWordsEn: typeof installerWordsZhCN = {
  commissioningStates: { open: 'Open', signed: 'Signed', abandoned: 'Abandoned' },
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
  toDo: {
    press: 'Press it, wait three seconds, three times',
    'stronger-press': 'Too weak: nearer to the gateway or another place, then three presses again',
    reading: 'No battery level yet. Press it once or wait for its report; skip it if it reports none',
    'new-battery': 'Too low: change the battery, then press once',
    confirmation: 'The device has done it. Ask the resident: seen or heard?',
    alarm: 'Press once, for a test alarm',
    screen: 'The alarm is there and waits for a screen of the station. Nobody there? Phone the station',
    answer: 'A test alarm of this device is open: have the station answer it, then press once',
    sign: 'Nothing heard of this device yet. Look at its power, the gateway and the identifier',
    'door.opened': 'Open the door',
    'door.closed': 'Close the door',
    'motion.detected': 'Walk in front of it',
    'bed.entered': 'Sit or lie down on the bed',
    'bed.left': 'Leave the bed',
    'smoke.detected': 'Hold its test button or use test smoke',
    'gas.detected': 'Hold its test button',
    'water.detected': 'Wet its contacts',
    'fall.suspected': 'Act a fall',
    'fall.cleared': 'Get up or cancel within its time',
    'fall.detected': 'Act a fall again and stay down',
    'tamper.opened': 'Open the cover',
    'tamper.closed': 'Close the cover',
  },
  witnessRoles: { resident: 'Resident', family: 'Family', witness: 'Witness' },
  jobKinds: {
    silent: 'Silent',
    'never-heard': 'Never heard since entered',
    battery: 'Change the battery',
    'button-test': 'Test the button',
    commissioning: 'Open point',
    retest: 'Test again',
    firmware: 'Update the firmware',
  },
};
