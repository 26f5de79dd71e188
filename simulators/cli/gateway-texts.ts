import type { Act } from '../firmware/firmware.ts';

const zhActs: Record<Act, string> = {
  press: '按呼叫键',
  fall: '跌倒',
  'door-open': '开门',
  'door-close': '关门',
  motion: '有人走动',
  smoke: '烟雾',
  tamper: '拆动设备',
  'battery-low': '电量低',
  reading: '读数',
};

const enActs: Record<Act, string> = {
  press: 'press',
  fall: 'fall',
  'door-open': 'door opens',
  'door-close': 'door closes',
  motion: 'motion',
  smoke: 'smoke',
  tamper: 'tampering',
  'battery-low': 'battery low',
  reading: 'reading',
};

export const gatewayTextsZh = {
  about: '串口另一端的固件：真实报文、杂波、截断、拔插，让网关桥去听',
  driver: '桥的驱动名',
  pty: '接在伪终端上（socat），设备路径',
  tcp: '接在本机 TCP 端口上（0：任选）',
  press: '每隔多久发生一次，例如 --press every 10s',
  act: '发生什么',
  scene: '场景：tour 各发生一次，busy 每秒二十次',
  senders: '屋里有几个发射器，轮流使用',
  count: '发生几次后结束',
  noise: '前面带杂波的报文所占比例，0–1',
  truncate: '被截断的报文所占比例，0–1',
  unplugEvery: '每隔多久拔一次线，例如 30s',
  unplugFor: '拔掉多久后再插上',
  module: '模块：rylr 或 rak（仅 lora-at）',
  pluggedIn: (what: string, at: string, baudRate: number) => `${what}，已接在 ${at}（${baudRate} 波特）`,
  bridgeHint: (at: string, driver: string) =>
    `让桥来听：npm run bridge -- --port ${at} --driver ${driver} --dry-run`,
  pulled: '线已拔下',
  happens: (act: Act, sender: number) => `· ${zhActs[act]}（发射器 ${sender}）`,
  damaged: '（已损坏）',
  keys: (keys: string) => `按键：${keys}；0–9 选发射器，u 拔插，q 结束`,
  keyFor: (key: string, act: Act) => `${key} ${zhActs[act]}`,
  cannot: (driver: string, act: Act, acts: readonly Act[]) =>
    `${driver} 说不出 ${act}，它能说的有：${acts.join('、')}`,
  oneLink: '--pty 和 --tcp 只能给一个',
  onlyLora: '--module 只用于 --driver lora-at',
  noSocat: '没有 socat，做不出伪终端。请安装：sudo apt-get install socat；或改用 --tcp 7001',
  failed: (at: string, reason: string) => `${at} 接不上：${reason}`,
  ended: (count: number) => `结束：发生了 ${count} 次`,
};
export type GatewayTexts = typeof gatewayTextsZh;

export const gatewayTextsEn: GatewayTexts = {
  about:
    'the firmware at the other end of a serial port: real frames, noise, truncation, unplugging, for the bridge to hear',
  driver: "the bridge's name of the driver",
  pty: 'on a pseudo-terminal (by socat), at this device path',
  tcp: 'on a TCP port of this machine (0: any free one)',
  press: 'how often it happens, such as --press every 10s',
  act: 'what happens',
  scene: 'scene: "tour" has everything happen once, "busy" twenty times a second',
  senders: 'transmitters in the house, used in turn',
  count: 'ends after it has happened so many times',
  noise: 'share of frames with noise before them, 0 to 1',
  truncate: 'share of frames that end too early, 0 to 1',
  unplugEvery: 'pulls the cable at this interval, such as 30s',
  unplugFor: 'how long the cable stays out',
  module: 'module: rylr or rak (lora-at only)',
  pluggedIn: (what, at, baudRate) => `${what}, plugged in at ${at} (${baudRate} baud)`,
  bridgeHint: (at, driver) =>
    `let the bridge listen: npm run bridge -- --port ${at} --driver ${driver} --dry-run`,
  pulled: 'the cable is out',
  happens: (act, sender) => `· ${enActs[act]} (transmitter ${sender})`,
  damaged: '(damaged)',
  keys: (keys) => `keys: ${keys}; 0–9 choose the transmitter, u pulls or plugs the cable, q ends`,
  keyFor: (key, act) => `${key} ${enActs[act]}`,
  cannot: (driver, act, acts) => `${driver} has no word for ${act}; it has: ${acts.join(', ')}`,
  oneLink: 'give --pty or --tcp, not both',
  onlyLora: '--module goes with --driver lora-at',
  noSocat:
    'no socat here to make a pseudo-terminal. Install it: sudo apt-get install socat; or use --tcp 7001',
  failed: (at, reason) => `cannot plug in at ${at}: ${reason}`,
  ended: (count) => `ended: it happened ${count} times`,
};
