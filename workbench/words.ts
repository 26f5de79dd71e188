import type { ClaimState } from '@carebell/contracts/claims.ts';
import { deviceTypeWordsEn, deviceTypeWordsZhCN } from '@carebell/contracts/device-words.ts';
import { installerWordsEn, installerWordsZhCN } from '@carebell/contracts/installer-words.ts';
import type { JobKind } from '@carebell/contracts/maintenance.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';
import type { TestScope } from '@carebell/contracts/test-mode.ts';

/** The words of a language for what the contracts name. */
export type Words = Omit<typeof installerWordsZhCN, 'toDo'> & {
  types: Record<DeviceType, string>;
  toDo: Readonly<Record<string, string>>;
  /** What the hub must see for a job to be done. */
  doneWhen: Record<JobKind, string>;
  claimStates: Record<ClaimState, string>;
  scopes: Record<TestScope, string>;
};

export const wordsZh: Words = {
  ...installerWordsZhCN,
  types: deviceTypeWordsZhCN,
  toDo: {
    ...installerWordsZhCN.toDo,
    confirmation: `${installerWordsZhCN.toDo.confirmation}是就 --confirm`,
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
};

export const wordsEn: Words = {
  ...installerWordsEn,
  types: deviceTypeWordsEn,
  toDo: {
    ...installerWordsEn.toDo,
    confirmation: `${installerWordsEn.toDo.confirmation} If so, --confirm`,
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
};
