import { topicKinds } from '@carebell/contracts/topics.ts';
import type { Topic } from '@carebell/contracts/topics.ts';
import { describe, expect, it } from 'vitest';
import { judge, judgeFilter, whoseTopic } from './authorize.ts';
import type { Action, Whose } from './authorize.ts';
import type { Account, AccountKind, DeviceHome } from './ports.ts';

const roles: AccountKind[] = ['device', 'gateway', 'service', 'claimant'];
const actions: Action[] = ['publish', 'subscribe', 'receive'];
const whoses: Whose[] = ['own', 'behind', 'neighbour', 'unregistered', 'elsewhere'];
const topics: Topic[] = [
  ...topicKinds.device.map((kind): Topic => ({ of: 'device', deviceId: 'x', kind })),
  ...topicKinds.gateway.map((kind): Topic => ({ of: 'gateway', gatewayId: 'x', kind })),
];

/** A secret is for the device that fetches it. */
const told = topics.filter(({ kind }) => kind !== 'claim');

/** Everything that is allowed, written out apart from the table in the code. Whatever is not here is refused. */
const allowed = new Set([
  ...['event', 'reading', 'availability', 'command/result'].flatMap((kind) => [
    `device publish device ${kind} own`,
    `gateway publish device ${kind} behind`,
    `gateway publish device ${kind} unregistered`,
  ]),
  'gateway publish device event neighbour',
  'gateway publish device reading neighbour',
  ...['subscribe', 'receive'].flatMap((action) => [
    `device ${action} device command own`,
    `device ${action} device availability own`,
    `gateway ${action} device command behind`,
    `gateway ${action} device command unregistered`,
    `gateway ${action} gateway accepted own`,
    `gateway ${action} gateway devices own`,
    `gateway ${action} gateway availability own`,
    `claimant ${action} device claim own`,
    `claimant ${action} gateway claim own`,
    ...told.flatMap(({ of, kind }) => whoses.map((whose) => `service ${action} ${of} ${kind} ${whose}`)),
  ]),
  'gateway publish gateway availability own',
  'gateway publish gateway health own',
]);

const combinations = roles.flatMap((role) =>
  actions.flatMap((action) =>
    topics.flatMap((topic) => whoses.map((whose) => ({ role, action, topic, whose }))),
  ),
);

describe('topic rights', () => {
  it('enumerate every role, action, topic kind and owner', () => {
    expect(combinations).toHaveLength(4 * 3 * 11 * 5);
  });

  it.each(combinations.map((each) => [nameOf(each), each] as const))('%s', (name, each) => {
    const right = judge(each.role, each.action, each.topic, each.whose);
    expect(right === 'allowed').toBe(allowed.has(name));
  });

  it('name why a gateway may not speak for a device of another gateway', () => {
    const topic: Topic = { of: 'device', deviceId: 'x', kind: 'event' };
    expect(judge('gateway', 'publish', topic, 'elsewhere')).toBe('device-registered-elsewhere');
    const word: Topic = { ...topic, kind: 'availability' };
    expect(judge('gateway', 'publish', word, 'neighbour')).toBe('device-registered-elsewhere');
    expect(judge('device', 'publish', topic, 'elsewhere')).toBe('topic-of-another');
    expect(judge('service', 'publish', topic, 'elsewhere')).toBe('not-for-this-account');
  });
});

const homes: Record<string, DeviceHome> = {
  s1: { gatewayId: 'g1' },
  s2: { gatewayId: 'g2' },
  s3: { gatewayId: 'g2', isInEarshot: true },
  b1: { gatewayId: null },
};
const account = (kind: AccountKind, id: string): Account => ({ kind, id, secretHash: '' });
const event = (deviceId: string): Topic => ({ of: 'device', deviceId, kind: 'event' });
const health = (gatewayId: string): Topic => ({ of: 'gateway', gatewayId, kind: 'health' });

describe('whose topic', () => {
  it.each<[AccountKind, string, Topic, Whose]>([
    ['device', 'b1', event('b1'), 'own'],
    ['device', 'b1', event('s1'), 'elsewhere'],
    ['device', 'b1', event('unknown'), 'elsewhere'],
    ['device', 'g1', health('g1'), 'elsewhere'],
    ['gateway', 'g1', event('s1'), 'behind'],
    ['gateway', 'g1', event('s2'), 'elsewhere'],
    ['gateway', 'g1', event('s3'), 'neighbour'],
    ['gateway', 'g1', event('b1'), 'elsewhere'],
    ['gateway', 'g1', event('unknown'), 'unregistered'],
    ['gateway', 'g1', event('g1'), 'unregistered'],
    ['gateway', 'g1', health('g1'), 'own'],
    ['gateway', 'g1', health('g2'), 'elsewhere'],
    ['service', 'city', event('city'), 'elsewhere'],
    ['service', 'city', event('unknown'), 'elsewhere'],
  ])('for %s %s and %o is %s', (kind, id, topic, whose) => {
    expect(whoseTopic(account(kind, id), topic, (deviceId) => homes[deviceId])).toBe(whose);
  });
});

describe('topic filters', () => {
  const root = 'carebell/v1';
  it.each<[AccountKind, string, string]>([
    ['device', `${root}/devices/b1/command`, 'allowed'],
    ['device', `${root}/devices/b1/availability`, 'allowed'],
    ['device', `${root}/devices/b1/event`, 'not-for-this-account'],
    ['device', `${root}/devices/b2/command`, 'topic-of-another'],
    ['device', `${root}/devices/+/command`, 'wildcard-filter'],
    ['device', '#', 'wildcard-filter'],
    ['device', '+/+/+/+/command', 'wildcard-filter'],
    ['device', `$share/group/${root}/devices/b1/command`, 'shared-subscription'],
    ['device', '$SYS/#', 'system-topic'],
    ['device', 'homeassistant/status', 'outside-contract'],
    ['gateway', `${root}/devices/+/command`, 'allowed'],
    ['gateway', `${root}/devices/s1/command`, 'allowed'],
    ['gateway', `${root}/devices/unknown/command`, 'allowed'],
    ['gateway', `${root}/devices/s2/command`, 'device-registered-elsewhere'],
    ['gateway', `${root}/devices/+/event`, 'wildcard-filter'],
    ['gateway', `${root}/devices/#`, 'wildcard-filter'],
    ['gateway', `${root}/gateways/g1/accepted`, 'allowed'],
    ['gateway', `${root}/gateways/g2/accepted`, 'topic-of-another'],
    ['gateway', `$share/group/${root}/devices/+/command`, 'shared-subscription'],
    ['service', `${root}/#`, 'allowed'],
    ['service', `${root}/devices/+/event`, 'allowed'],
    ['service', '#', 'outside-contract'],
    ['service', '+/v1/#', 'outside-contract'],
    ['service', root, 'outside-contract'],
    ['service', 'carebell/v2/#', 'outside-contract'],
    ['service', `$share/group/${root}/#`, 'shared-subscription'],
    ['service', '$SYS/#', 'system-topic'],
    ['claimant', `${root}/devices/b1/claim`, 'allowed'],
    ['claimant', `${root}/devices/b2/claim`, 'topic-of-another'],
    ['claimant', `${root}/devices/b1/command`, 'not-for-this-account'],
    ['claimant', `${root}/devices/+/claim`, 'wildcard-filter'],
    ['claimant', `${root}/gateways/b1/claim`, 'allowed'],
    ['claimant', `${root}/gateways/g1/claim`, 'topic-of-another'],
    ['claimant', `${root}/gateways/b1/accepted`, 'not-for-this-account'],
    ['gateway', `${root}/gateways/g1/claim`, 'not-for-this-account'],
    ['device', `${root}/devices/b1/claim`, 'not-for-this-account'],
  ])('of a %s: %s is %s', (kind, filter, right) => {
    const id = { device: 'b1', gateway: 'g1', service: 'city', claimant: 'b1' }[kind];
    expect(judgeFilter(account(kind, id), filter, (deviceId) => homes[deviceId])).toBe(right);
  });
});

function nameOf(each: { role: string; action: string; topic: Topic; whose: string }): string {
  return `${each.role} ${each.action} ${each.topic.of} ${each.topic.kind} ${each.whose}`;
}
