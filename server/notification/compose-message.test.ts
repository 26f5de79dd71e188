import { alarmKindNames, priorities } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { notificationLocales, notificationPurposes } from '@carebell/contracts/notifications.ts';
import { describe, expect, it } from 'vitest';
import { alarmWords } from './alarm-words.ts';
import { composeMessage } from './compose-message.ts';
import type { MessageOrder } from './compose-message.ts';

const alarm = {
  id: 'alarm-1',
  kind: 'help',
  priority: 'emergency',
  pressedAt: '2026-01-01T02:03:00.000Z',
  residentName: '王秀英',
  residentPhone: '13900000502',
  address: '安宁路100弄3号楼502室',
  deviceName: '床头按钮',
  stationId: 'a',
} as AlarmView;
const link = 'https://hub.example.org/r/x';
const compose = (over: Partial<MessageOrder>, of: Partial<AlarmView> = {}) =>
  composeMessage(
    {
      notificationId: 'n1',
      purpose: 'help-needed',
      recipient: { locale: 'zh-CN', isResponder: true },
      address: 'x',
      urgency: 0,
      ...over,
    },
    { ...alarm, ...of },
    { link, timeZone: 'Asia/Shanghai', locale: 'en' },
  );

describe('the language of a notification', () => {
  it('is the recipient’s own, and else the hub’s', () => {
    const recipientWith = (locale: 'zh-CN' | 'en' | null) => ({ recipient: { locale, isResponder: true } });
    expect(compose(recipientWith('zh-CN'))).toMatchObject({ locale: 'zh-CN' });
    const own = compose(recipientWith(null));
    expect(own).toMatchObject({ locale: 'en' });
    expect(own.title).toContain('Emergency');
  });
});

describe('the words of notifications', () => {
  for (const locale of notificationLocales) {
    it(`in ${locale} name every kind of alarm and every priority`, () => {
      const { kinds, priorities: named } = alarmWords[locale];
      expect(alarmKindNames.filter((kind) => !(kind in kinds))).toEqual([]);
      expect(priorities.filter((priority) => !(priority in named))).toEqual([]);
    });
  }
});

describe('a message about equipment', () => {
  const thing = {
    priority: 'technical',
    residentName: null,
    address: null,
    stationName: '和平一站',
  } as const;
  it.each([
    ['gateway-silent', { deviceId: 'gw-1', deviceName: '三号楼网关' }, '和平一站 三号楼网关 网关失联'],
    ['station-unwatched', { deviceId: 'screens:a', deviceName: null }, '和平一站 屏幕 驿站无值守屏幕'],
    ['chain-broken', { deviceId: 'hub', deviceName: null, stationName: null }, '安铃中心 报警链路中断'],
  ] as const)('of the kind %s names the thing and its station', (kind, of, text) => {
    expect(compose({}, { ...thing, kind, ...of }).title).toContain(text);
  });
});

describe('a message', () => {
  it('about what the hub noticed by itself says why, to whoever is asked to go there', () => {
    const reason = {
      rule: 'bathroom-long',
      ruleId: 'bathroom-long',
      since: '2026-01-01T00:33:00.000Z',
      noticedAt: '2026-01-01T02:03:00.000Z',
      limitMinutes: 90,
    } as const;
    const said = '08:33 进入卫生间后再没有在别处出现，到 10:03 已 1 小时 30 分钟（规则：1 小时 30 分钟）。';
    expect(compose({}, { kind: 'bathroom-long', reason }).text).toContain(said);
    const informed = { recipient: { locale: 'zh-CN' as const, isResponder: false } };
    expect(compose(informed, { kind: 'bathroom-long', reason }).text).not.toContain('08:33');
  });

  it('says who, what, when, where and how to answer to whom it asks to go there', () => {
    expect(compose({})).toMatchObject({
      title: '安铃 紧急: 王秀英 紧急求助',
      text: '王秀英 紧急求助\n时间: 10:03\n地址: 安宁路100弄3号楼502室\n请打开链接回应: https://hub.example.org/r/x',
      short: '紧急: 王秀英 紧急求助 10:03 安宁路100弄3号楼502室 https://hub.example.org/r/x',
      link,
    });
    const english = compose({ recipient: { locale: 'en', isResponder: true } });
    expect(english.title).toBe('Carebell Emergency: 王秀英 Call for help');
  });

  it('tells neither address nor link to whom it only informs, and nobody the telephone number', () => {
    for (const locale of notificationLocales) {
      for (const purpose of notificationPurposes) {
        for (const isResponder of [true, false]) {
          const said = JSON.stringify(compose({ purpose, recipient: { locale, isResponder } }));
          const isAsked = isResponder && purpose !== 'all-clear';
          expect(said.includes('502室')).toBe(isAsked);
          expect(said.includes(link)).toBe(isAsked);
          expect(said).not.toContain('13900000502');
        }
      }
    }
  });

  it('about a drill says so first, in its title and in its short form', () => {
    const { title, short, text } = compose({}, { drillId: 'd1' });
    for (const said of [title, short, text]) expect(said).toContain('【演练】');
  });

  it('about nobody who is known names the device', () => {
    const unknown = { residentName: null, address: null };
    expect(compose({}, unknown).title).toBe('安铃 紧急: 床头按钮 紧急求助');
    expect(compose({}, { ...unknown, deviceName: null }).title).toBe('安铃 紧急: 未登记的设备 紧急求助');
  });
});
