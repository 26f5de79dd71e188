import { buildTopic, parseTopic } from '@carebell/contracts/topics.ts';
import type { DeviceTopicKind, GatewayTopicKind, Topic } from '@carebell/contracts/topics.ts';
import type { Account, AccountKind, BrokerPorts } from './ports.ts';

export type Action = 'publish' | 'subscribe' | 'receive';

/**
 * Whose topic it is, seen from the account: its own, of a device behind it, behind another gateway of the same station, of a
 * device nobody registered, or another's.
 */
export type Whose = 'own' | 'behind' | 'neighbour' | 'unregistered' | 'elsewhere';

export type TopicName = `device ${DeviceTopicKind}` | `gateway ${GatewayTopicKind}`;

export type Denial =
  | 'outside-contract'
  | 'shared-subscription'
  | 'system-topic'
  | 'wildcard-filter'
  | 'not-for-this-account'
  | 'device-registered-elsewhere'
  | 'topic-of-another';
export type Right = 'allowed' | Denial;

type Row = Record<Action, readonly Whose[]>;

const nobody: readonly Whose[] = [];
const own: readonly Whose[] = ['own'];
// Unknown devices are never ignored: a gateway speaks for those that nobody registered as for its own.
const through: readonly Whose[] = ['behind', 'unregistered'];
// A press that only the second gateway hears must not be lost; what the device is and does is for its own gateway to say.
const heard: readonly Whose[] = [...through, 'neighbour'];
const anyone: readonly Whose[] = ['own', 'behind', 'neighbour', 'unregistered', 'elsewhere'];

const says = (whose: readonly Whose[]): Row => ({ publish: whose, subscribe: nobody, receive: nobody });
const hears = (whose: readonly Whose[]): Row => ({ publish: nobody, subscribe: whose, receive: whose });
const both = (whose: readonly Whose[]): Row => ({ publish: whose, subscribe: whose, receive: whose });
const none = says(nobody);

/** Role × topic × action → whose topics. A topic kind without a row does not compile. */
const rights: Record<AccountKind, Record<TopicName, Row>> = {
  device: {
    'device event': says(own),
    'device reading': says(own),
    'device availability': both(own),
    'device command': hears(own),
    'device command/result': says(own),
    'device claim': none,
    'gateway availability': none,
    'gateway health': none,
    'gateway accepted': none,
    'gateway devices': none,
    'gateway claim': none,
  },
  gateway: {
    'device event': says(heard),
    'device reading': says(heard),
    'device availability': says(through),
    'device command': hears(through),
    'device command/result': says(through),
    'device claim': none,
    'gateway availability': both(own),
    'gateway health': says(own),
    'gateway accepted': hears(own),
    'gateway devices': hears(own),
    'gateway claim': none,
  },
  service: {
    'device event': hears(anyone),
    'device reading': hears(anyone),
    'device availability': hears(anyone),
    'device command': hears(anyone),
    'device command/result': hears(anyone),
    'device claim': none,
    'gateway availability': hears(anyone),
    'gateway health': hears(anyone),
    'gateway accepted': hears(anyone),
    'gateway devices': hears(anyone),
    'gateway claim': none,
  },
  // May fetch its own secret, as the device or the gateway that it is, and nothing else.
  claimant: {
    'device event': none,
    'device reading': none,
    'device availability': none,
    'device command': none,
    'device command/result': none,
    'device claim': hears(own),
    'gateway availability': none,
    'gateway health': none,
    'gateway accepted': none,
    'gateway devices': none,
    'gateway claim': hears(own),
  },
};

export function judge(role: AccountKind, action: Action, topic: Topic, whose: Whose): Right {
  const name: TopicName = topic.of === 'device' ? `device ${topic.kind}` : `gateway ${topic.kind}`;
  const allowed = rights[role][name][action];
  if (allowed.includes(whose)) return 'allowed';
  if (allowed.length === 0) return 'not-for-this-account';
  return role === 'gateway' && topic.of === 'device' ? 'device-registered-elsewhere' : 'topic-of-another';
}

/** `deviceHome` is asked only where the answer matters: for a gateway and the topic of a device. */
export function whoseTopic(account: Account, topic: Topic, deviceHome: BrokerPorts['deviceHome']): Whose {
  if (topic.of === 'gateway') {
    const isGateway = account.kind === 'gateway' || account.kind === 'claimant';
    return isGateway && topic.gatewayId === account.id ? 'own' : 'elsewhere';
  }
  if (account.kind === 'device' || account.kind === 'claimant')
    return topic.deviceId === account.id ? 'own' : 'elsewhere';
  if (account.kind === 'service') return 'elsewhere';
  const home = deviceHome(topic.deviceId, account.id);
  if (home === undefined) return 'unregistered';
  if (home.gatewayId === account.id) return 'behind';
  return home.isInEarshot === true ? 'neighbour' : 'elsewhere';
}

/** What a gateway may subscribe to instead of naming each device; each delivery is then judged by itself. */
export const everyDeviceCommand = buildTopic({ of: 'device', deviceId: '+', kind: 'command' });

const [contractName, contractVersion] = everyDeviceCommand.split('/');

export function judgeFilter(account: Account, filter: string, deviceHome: BrokerPorts['deviceHome']): Right {
  // Aedes accepts shared subscriptions and delivers nothing on them.
  if (filter.startsWith('$share/')) return 'shared-subscription';
  if (filter.startsWith('$')) return 'system-topic';
  if (account.kind === 'service') {
    const [name, version, ...rest] = filter.split('/');
    return name === contractName && version === contractVersion && rest.length > 0
      ? 'allowed'
      : 'outside-contract';
  }
  if (account.kind === 'gateway' && filter === everyDeviceCommand) return 'allowed';
  if (/[+#]/.test(filter)) return 'wildcard-filter';
  const topic = parseTopic(filter);
  if (topic === undefined) return 'outside-contract';
  return judge(account.kind, 'subscribe', topic, whoseTopic(account, topic, deviceHome));
}
