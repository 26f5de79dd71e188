import { absenceKinds } from '@carebell/contracts/absence.ts';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { notificationLocales, notificationPurposes } from '@carebell/contracts/notifications.ts';
import type { NotificationLocale } from '@carebell/contracts/notifications.ts';
import { describe, expect, it } from 'vitest';
import { absenceText } from './absence-words.ts';
import { responderPage } from './responder-page.ts';
import { composeMessage } from './compose-message.ts';

const from = '2026-03-13T20:00:00.000Z';
const absence = { id: 'x', kind: 'in-hospital' as const, from, until: '2026-03-20T00:00:00.000Z' };
const alarm = {
  id: 'alarm-1',
  kind: 'help',
  priority: 'emergency',
  pressedAt: '2026-03-14T02:03:00.000Z',
  residentName: '王秀英',
  address: '安宁路100弄3号楼502室',
  stationId: 'a',
  absence,
} as AlarmView;

const texts = ({
  isResponder = true,
  of = alarm,
  locale = 'en',
}: { isResponder?: boolean; of?: AlarmView; locale?: NotificationLocale } = {}) =>
  notificationPurposes.map((purpose) => {
    const recipient = { locale, isResponder };
    const order = { notificationId: 'n', purpose, recipient, address: 'x', urgency: 0 };
    return {
      purpose,
      ...composeMessage(order, of, { link: null, timeZone: 'Asia/Shanghai', locale: 'zh-CN' }),
    };
  });

describe('a message about a resident who is entered as in hospital', () => {
  it('says so to whom it asks to go there, by the day of the station, and asks to check all the same', () => {
    for (const { purpose, text, short } of texts())
      for (const said of [text, short])
        expect([purpose, said.includes('Entered: in hospital since Mar 14; check all the same')]).toEqual([
          purpose,
          purpose !== 'all-clear',
        ]);
    expect(texts({ locale: 'zh-CN' })[0]?.text).toContain('登记：3月14日起住院，仍请核实');
  });

  it('says nothing of it to whom it only informs, and asks as ever', () => {
    expect(
      texts({ isResponder: false })
        .map(({ text }) => text)
        .join(),
    ).not.toContain('hospital');
    const { absence: _, ...present } = alarm;
    const without = texts({ of: present });
    expect(texts().map(({ title, urgency }) => [title, urgency])).toEqual(
      without.map(({ title, urgency }) => [title, urgency]),
    );
  });
});

it('the page of a responder says it above the address as long as the alarm is open, and still asks them to go', () => {
  const page = (of: AlarmView) =>
    responderPage({ locale: 'en', alarm: of, responderId: 'r', access: '', timeZone: 'Asia/Shanghai' });
  const open = page({ ...alarm, phase: 'raised' });
  expect(open).toContain('in hospital since Mar 14');
  expect(open.indexOf('in hospital since Mar 14')).toBeLessThan(open.indexOf('安宁路'));
  expect(open).toContain('value="on-the-way"');
  expect(page({ ...alarm, phase: 'closed' })).not.toContain('in hospital');
  const { absence: _, ...present } = alarm;
  expect(page({ ...present, phase: 'raised' })).not.toContain('class="absent"');
});

it('every kind of absence has its words in both languages', () => {
  const said = notificationLocales.flatMap((locale) =>
    absenceKinds.map((kind) => absenceText({ ...absence, kind }, locale, 'Asia/Shanghai')),
  );
  expect(new Set(said).size).toBe(notificationLocales.length * absenceKinds.length);
});
