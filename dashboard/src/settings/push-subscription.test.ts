import { describe, expect, it } from 'vitest';
import { pushStateOf, serviceOf, withoutSubscription, withSubscription } from './push-subscription.ts';
import type { BrowserFacts, PushState } from './push-subscription.ts';

const endpoint = 'https://push.example.org/send/1';
const json = JSON.stringify({ endpoint, keys: { p256dh: 'x', auth: 'y' } });
const key = { channelId: 'c1', publicKey: 'k' };
const sms = { kind: 'sms', address: '13900000001' } as const;
const own = { kind: 'web-push', address: json, channelId: 'c1' } as const;
const facts: BrowserFacts = { isSecure: true, isSupported: true, permission: 'granted', endpoint };

describe('whether this browser is told', () => {
  const cases: [PushState, Partial<BrowserFacts>, typeof key | null, object[]][] = [
    ['on', {}, key, [sms, own]],
    ['off', {}, key, [sms]],
    ['off', { endpoint: undefined }, key, [own]],
    ['off', { permission: 'default' }, key, []],
    ['off', { permission: 'default' }, key, [own]],
    ['other-key', {}, { ...key, channelId: 'c2' }, [own]],
    ['denied', { permission: 'denied' }, key, [own]],
    ['not-set-up', {}, null, [own]],
    ['unsupported', { isSupported: false }, key, []],
    ['insecure', { isSecure: false, isSupported: false }, key, []],
    ['off', {}, key, [{ ...own, address: 'no subscription' }]],
  ];
  it.each(cases)('is "%s" with %j', (state, change, hubKey, addresses) => {
    expect(pushStateOf({ ...facts, ...change }, hubKey, addresses as never)).toBe(state);
  });
});

describe('the subscription of this browser', () => {
  it('is tried first, stands there once, and goes without the other addresses', () => {
    const entered = withSubscription([sms, own], { endpoint, json, channelId: 'c2' });
    expect(entered).toEqual([{ ...own, channelId: 'c2' }, sms]);
    expect(withoutSubscription(entered, endpoint)).toEqual([sms]);
    expect(withoutSubscription(entered, undefined)).toEqual(entered);
  });

  it('is told from others by its push service', () => {
    expect(serviceOf(json)).toBe('push.example.org');
    expect(serviceOf('nothing')).toBe('');
  });
});
