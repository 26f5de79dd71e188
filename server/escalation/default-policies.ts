import type { EscalationPolicy } from '@carebell/contracts/escalation.ts';
import type { Priority } from '@carebell/contracts/alarm-kinds.ts';
import { alarmKindNames, alarmKinds } from '@carebell/contracts/alarm-kinds.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const kindsOf = (priority: Priority) =>
  alarmKindNames.filter((kind) => alarmKinds[kind].priority === priority);
const step = (afterMs: number, ...recipients: EscalationPolicy['steps'][number]['recipients']) => ({
  afterMs,
  since: 'press' as const,
  mode: 'all-at-once' as const,
  recipients,
});
const common = {
  riskGroups: [],
  calls: { times: 2, withinMs: 3 * minute },
  fall: { graceMs: 30 * second, stillLyingAfterMs: 5 * minute },
};

/** What holds where nobody has entered a policy: see docs/operations.md, which says the same in words. */
export const defaultPolicies: readonly EscalationPolicy[] = [
  {
    ...common,
    name: 'emergency',
    kinds: kindsOf('emergency'),
    steps: [
      step(0, 'station-operators'),
      step(30 * second, 'next-station', 'street', 'keyholders'),
      step(60 * second, 'family', 'neighbours', 'volunteers'),
      step(120 * second, 'street', 'district'),
    ],
    repeatEveryMs: 2 * minute,
    acknowledgementExpiresAfterMs: 5 * minute,
    remindEveryMs: 10 * minute,
    deadlines: {
      answeredWithinMs: minute,
      onSiteWithinMs: { centre: 15 * minute, remote: 30 * minute },
      closedWithinMs: 2 * hour,
    },
  },
  {
    ...common,
    name: 'urgent',
    kinds: kindsOf('urgent'),
    steps: [
      step(0, 'station-operators'),
      step(60 * second, 'next-station', 'street'),
      step(3 * minute, 'keyholders', 'family'),
      step(5 * minute, 'street', 'district'),
    ],
    repeatEveryMs: 5 * minute,
    acknowledgementExpiresAfterMs: 10 * minute,
    remindEveryMs: 20 * minute,
    deadlines: {
      answeredWithinMs: minute,
      onSiteWithinMs: { centre: 15 * minute, remote: 30 * minute },
      closedWithinMs: 4 * hour,
    },
  },
  {
    ...common,
    name: 'service',
    kinds: kindsOf('service'),
    steps: [step(0, 'station-operators'), step(10 * minute, 'next-station', 'street')],
    repeatEveryMs: 30 * minute,
    acknowledgementExpiresAfterMs: 2 * hour,
    remindEveryMs: 4 * hour,
    deadlines: { answeredWithinMs: minute, onSiteWithinMs: null, closedWithinMs: day },
  },
  {
    ...common,
    name: 'technical',
    kinds: kindsOf('technical'),
    steps: [step(0, 'station-operators'), step(8 * hour, 'street')],
    repeatEveryMs: day,
    acknowledgementExpiresAfterMs: 3 * day,
    remindEveryMs: day,
    deadlines: { answeredWithinMs: 8 * hour, onSiteWithinMs: null, closedWithinMs: 7 * day },
  },
];
