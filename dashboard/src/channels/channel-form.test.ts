import { channelContents } from '@carebell/contracts/channels.ts';
import { channelKinds } from '@carebell/contracts/notifications.ts';
import { describe, expect, it } from 'vitest';
import { channelFields } from './channel-fields.ts';
import { enteredOf, refusedFields, secretsOf, settingsOf, wrongFields } from './channel-form.ts';

const sms = {
  method: 'POST',
  url: 'https://sms.example.cn/v2/send',
  headers: { authorization: 'Bearer {secret.token}', 'x-time': '12:30' },
  body: '{"mobile":"{phone}"}',
  success: { path: 'code', equals: ['0', 'OK'] },
  receiptPath: 'data.msgid',
  report: {
    idPath: 'msgid',
    statePath: 'status',
    delivered: ['DELIVRD'],
    failed: ['UNDELIV', 'EXPIRED'],
    withinSeconds: 60,
  },
};

describe('the form of a channel', () => {
  it.each(channelKinds)('asks for every setting of %s that the contract knows', (kind) => {
    const known = Object.keys(channelContents[kind].settings.shape).filter((name) => name !== 'publicKey');
    const asked = channelFields[kind]
      .filter(({ path }) => path.startsWith('settings.'))
      .map(({ path }) => path.split('.')[1]);
    expect(new Set(asked)).toEqual(new Set(known));
  });

  it('gives back the settings of a gateway as they were', () => {
    expect(settingsOf('sms', enteredOf('sms', { settings: sms }))).toEqual(sms);
  });

  it('leaves out what was not entered', () => {
    const entered = { ...enteredOf('sms', undefined), url: 'https://sms.example.cn' };
    expect(settingsOf('sms', entered)).toEqual({ method: 'POST', url: 'https://sms.example.cn' });
  });

  it('sends only the secrets that were entered now', () => {
    const named = [
      { name: 'token', value: 'abc' },
      { name: '', value: 'x' },
      { name: 'old', value: '' },
    ];
    expect(secretsOf('sms', {}, named)).toEqual({ token: 'abc' });
    expect(secretsOf('webhook', { 'secret-signing': '' }, [])).toEqual({});
  });

  it('tells what is wrong at its field, and takes a secret that the hub has', () => {
    expect(wrongFields('webhook', { url: 'not one' }, {}, [])).toEqual(
      new Map([
        ['url', 'wrong'],
        ['secret-signing', 'required'],
      ]),
    );
    expect(wrongFields('webhook', { url: 'https://a.example' }, {}, ['signing'])).toEqual(new Map());
    expect(wrongFields('sms', { ...sms, report: { idPath: 'id' } }, {}, []).get('report-statePath')).toBe(
      'required',
    );
  });

  it('finds the fields that the hub names', () => {
    const errors = [{ field: 'settings.success.equals.0', message: '' }];
    const problem = { type: '', title: '', status: 400, code: 'invalid-request', detail: '', errors };
    expect([...refusedFields('sms', problem).keys()]).toEqual(['success-equals']);
  });
});
