import type { Contact, riskGroups } from '@carebell/contracts/registry.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';

/** One invented person of the sample community. Names, addresses and numbers belong to nobody. */
export type SampleResident = {
  name: string;
  birthYear: number;
  address: string;
  risks: (typeof riskGroups)[number][];
  notes: string;
  access: string;
  contacts: Omit<Contact, 'phone'>[];
  devices: DeviceType[];
};

const kits = {
  b: 'button',
  t: 'terminal',
  f: 'fall-detector',
  d: 'door-sensor',
  m: 'motion-sensor',
  l: 'bed-sensor',
  s: 'smoke-detector',
} as const;
const groups = { a: 'living-alone', d: 'dementia', x: 'disabled', o: 'advanced-age' } as const;

/** Name, birth year, address, risk groups, devices, contacts (`*`: has a key), notes, access. */
type Row = [string, number, string, string, string, string, string?, string?];

const qingshan: Row[] = [
  [
    '周秀兰',
    1941,
    '青山路 128 弄 6 号 302 室',
    'ao',
    'bfdms',
    '女儿 周敏*, 邻居 何阿姨',
    '高血压，早晚服药。',
    '备用钥匙在门卫处',
  ],
  [
    '陈国强',
    1938,
    '青山路 128 弄 6 号 501 室',
    'ao',
    'tfdml',
    '儿子 陈建, 楼组长 吴师傅*',
    '听力差，电话请大声。',
  ],
  ['沈玉珍', 1944, '青山路 128 弄 9 号 102 室', 'a', 'bdms', '女儿 沈洁*, 邻居 老胡'],
  [
    '徐根发',
    1936,
    '青山路 156 弄 2 号 203 室',
    'ox',
    'tfdl',
    '女儿 徐丽, 护理员 马阿姨*',
    '脑梗后左侧偏瘫，用助行器。',
  ],
  ['王桂英', 1947, '青山路 156 弄 2 号 604 室', 'a', 'bdms', '儿子 王涛, 邻居 赵姐*'],
  [
    '李福生',
    1933,
    '竹园路 45 弄 11 号 101 室',
    'ao',
    'tfds',
    '孙子 李昊, 居委 小陆*',
    '装有心脏起搏器。',
    '底楼，敲窗也能听见',
  ],
  ['张美华', 1943, '竹园路 45 弄 15 号 402 室', '', 'bdms', '丈夫 孙德明, 女儿 孙莉*'],
  [
    '孙德明',
    1940,
    '竹园路 45 弄 15 号 402 室',
    'd',
    'bf',
    '妻子 张美华*, 女儿 孙莉*',
    '轻度认知障碍，曾夜间外出。',
  ],
];
const huaiyin: Row[] = [
  [
    '吴阿妹',
    1937,
    '槐荫路 77 弄 3 号 201 室',
    'ao',
    'bdml',
    '侄女 吴晓燕*, 邻居 钱老师',
    '糖尿病，注射胰岛素。',
  ],
  ['郑耀祖', 1945, '槐荫路 77 弄 5 号 303 室', 'a', 'tdm', '儿子 郑伟, 邻居 小周*'],
  [
    '钱素芬',
    1939,
    '槐荫路 77 弄 8 号 602 室',
    'ao',
    'bfds',
    '女儿 朱虹*, 楼组长 方师傅',
    '骨质疏松，两次跌倒史。',
    '电梯需刷卡，门卫可代刷',
  ],
  ['朱永康', 1942, '槐荫路 102 号 401 室', 'a', 'bdm', '弟弟 朱永健, 邻居 严阿姨*'],
  [
    '何翠娥',
    1935,
    '槐荫路 102 号 702 室',
    'aod',
    'tfdml',
    '女儿 顾芳*, 护理员 小田*',
    '中度认知障碍，门磁夜间重点看护。',
  ],
  ['顾长根', 1946, '东塘路 19 弄 1 号 102 室', '', 'bs', '妻子 袁招娣*, 儿子 顾鹏'],
  [
    '袁招娣',
    1948,
    '东塘路 19 弄 1 号 102 室',
    'x',
    'bfl',
    '丈夫 顾长根*, 儿子 顾鹏',
    '类风湿关节炎，行动慢。',
  ],
  ['冯月仙', 1934, '东塘路 19 弄 7 号 503 室', 'ao', 'tdms', '外甥 冯凯, 邻居 杜阿姨*'],
];
const liuhe: Row[] = [
  ['曹金龙', 1943, '柳河路 310 弄 4 号 101 室', 'a', 'bdm', '女儿 曹颖*, 邻居 老叶'],
  [
    '彭惠芳',
    1938,
    '柳河路 310 弄 4 号 302 室',
    'ao',
    'tfdms',
    '儿子 林峰, 楼组长 史师傅*',
    '白内障术后，视力弱。',
  ],
  ['林宝珠', 1949, '柳河路 310 弄 12 号 204 室', 'a', 'bds', '姐姐 林宝琴, 邻居 小潘*'],
  [
    '潘志明',
    1931,
    '柳河路 355 弄 8 号 601 室',
    'ao',
    'tfdl',
    '儿子 潘军*, 女儿 潘虹',
    '心力衰竭，常备吸氧。',
    '六楼无电梯',
  ],
  ['叶银凤', 1944, '柳河路 355 弄 8 号 103 室', 'a', 'bdm', '邻居 尤阿姨*, 女儿 姜燕'],
  ['姜德福', 1940, '南桥路 66 弄 2 号 303 室', 'x', 'bfms', '妻子 范丽娟*, 儿子 姜磊', '截肢，使用轮椅。'],
  ['范丽娟', 1942, '南桥路 66 弄 2 号 303 室', '', 'td', '丈夫 姜德福, 儿子 姜磊*'],
  [
    '石凤英',
    1936,
    '南桥路 66 弄 10 号 402 室',
    'ao',
    'bfdmls',
    '女儿 谭雪*, 居委 小邵*',
    '独居，每日上午志愿者上门。',
  ],
];

/** The residents of each station, by the station's identifier. */
export const sampleResidents: Record<string, SampleResident[]> = {
  'qingshan-station': qingshan.map(resident),
  'huaiyin-station': huaiyin.map(resident),
  'liuhe-station': liuhe.map(resident),
};

function resident([
  name,
  birthYear,
  address,
  risks,
  kit,
  contacts,
  notes = '',
  access = '',
]: Row): SampleResident {
  return {
    name,
    birthYear,
    address: `安宁区${address}`,
    risks: letters(risks, groups),
    notes,
    access,
    contacts: contacts.split(', ').map((text) => {
      const [relation = '', person = ''] = text.replace('*', '').split(' ');
      return { name: person, relation, hasKey: text.endsWith('*') };
    }),
    devices: letters(kit, kits),
  };
}

function letters<K extends string, V>(text: string, meanings: Record<K, V>): V[] {
  return text.split('').map((letter) => {
    if (!Object.hasOwn(meanings, letter)) throw new RangeError(`the table has an unknown letter ${letter}`);
    return meanings[letter as K];
  });
}
