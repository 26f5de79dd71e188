import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import { roles } from '@carebell/contracts/roles.ts';
import type { Role } from '@carebell/contracts/roles.ts';
import { describe, expect, it } from 'vitest';
import { maskDetail, maskName, maskPhone, readsMasked } from './masking.ts';

const masked: Record<Role, boolean> = {
  administrator: false,
  supervisor: false,
  'district-supervisor': false,
  'street-supervisor': false,
  'station-manager': false,
  operator: false,
  responder: false,
  installer: true,
  auditor: true,
};

describe('personal data', () => {
  for (const role of roles) {
    it(`are ${masked[role] ? '' : 'not '}masked for the ${role}`, () => {
      expect(readsMasked(role)).toBe(masked[role]);
    });
  }

  it.each([
    ['王秀英', '王**'],
    ['𠮷野', '𠮷**'],
    ['John Smith', 'J**'],
    [' 李', '李**'],
  ])('the name %s is read as %s', (name, text) => {
    expect(maskName(name)).toBe(text);
  });

  it.each([
    ['13800130000', '138****0000'],
    ['138 0013-0000', '138****0000'],
    ['+86 138 0013 0000', '861****0000'],
    ['021 12345', '****'],
    ['110', '****'],
  ])('the number %s is read as %s', (phone, text) => {
    expect(maskPhone(phone)).toBe(text);
  });

  it('leave nothing of resident, contacts and notes in a masked alarm', () => {
    const person = { id: 'x', displayName: '王丽' };
    const at = { seq: 1, at: '2026-03-14T00:00:00.000Z' };
    const detail = {
      residentName: '王秀英',
      residentPhone: '13900000502',
      responders: [{ ...person, report: 'on-site', at: at.at }],
      resident: {
        name: '王秀英',
        phone: '13900000502',
        medicalNotes: '糖尿病',
        contacts: [{ name: '王丽', phone: '13900000503', relation: '女儿', hasKey: true }],
      },
      contacts: [{ name: '王丽', phone: '13900000503', relation: '女儿', hasKey: true }],
      dwelling: { access: '门禁 1234', address: '安宁路100弄' },
      timeline: [
        { ...at, step: 'acknowledged', user: { id: 'u', displayName: '李护士' } },
        {
          ...at,
          step: 'contact-tried',
          user: person,
          contact: person,
          outcome: 'reached',
          note: '王丽说糖尿病',
        },
        { ...at, step: 'escalated', people: [person] },
        { ...at, step: 'called', people: [person] },
        { ...at, step: 'noted', user: { id: 'u', displayName: '李护士' }, note: '王秀英摔倒' },
        { ...at, step: 'closed', user: { id: 'u', displayName: '李护士' }, note: '王丽已到' },
        { ...at, step: 'notification-queued', recipient: person },
        { ...at, step: 'responder-reported', responder: person },
      ],
    } as unknown as AlarmDetail;
    const text = JSON.stringify({ ...maskDetail(detail), user: null }).replaceAll(
      '"user":{"id":"x","displayName":"王丽"}',
      '',
    );
    for (const secret of ['王秀英', '王丽', '1390000050', '糖尿病', '1234'])
      expect(text).not.toContain(secret);
    expect(text).toContain('李护士');
    expect(text).toContain('139****0502');
  });
});
