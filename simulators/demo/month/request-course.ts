import type { Random } from '../../random.ts';
import { between } from '../../random.ts';

/** What a provider says on the page whose link it was sent. */
export const providerDeeds = [
  'provider-accepts',
  'provider-refuses',
  'provider-sets-time',
  'provider-gives-back',
  'provider-done',
] as const;
export type ProviderDeed = (typeof providerDeeds)[number];

/** What becomes of a request for a service after somebody has it. */
const requestDeeds = [
  'arrange',
  'offer',
  ...providerDeeds,
  'done',
  'feedback',
  'refuse',
  'cancel',
  'hand-over',
  'accept-hand-over',
] as const;
export type RequestDeed = { is: 'request'; act: (typeof requestDeeds)[number]; afterMs: number };

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

type Plan = (what: RequestDeed['act'], low: number, high: number) => RequestDeed;

/** Most are arranged and done, by the station or by a provider; some late, some refused, given up, or handed over to a station that can. */
export function requestCourse(random: Random): RequestDeed[] {
  const act: Plan = (what, low, high) => ({
    is: 'request',
    act: what,
    afterMs: Math.round(between(random, low, high)),
  });
  const luck = random();
  if (luck < 0.05) return [act('refuse', minuteMs, 4 * minuteMs)];
  if (luck < 0.1) return [act('cancel', minuteMs, 15 * minuteMs)];
  const isLate = random() < 0.12;
  return [
    ...(luck < 0.15
      ? [act('hand-over', minuteMs, 5 * minuteMs), act('accept-hand-over', minuteMs, 9 * minuteMs)]
      : []),
    ...(random() < 0.5 ? byProvider(random, act) : byStation(random, act, isLate)),
    ...(random() < 0.7 ? [act('feedback', 0.5 * hourMs, 5 * hourMs)] : []),
  ];
}

function byStation(random: Random, act: Plan, isLate: boolean): RequestDeed[] {
  return [
    isLate ? act('arrange', 1.2 * hourMs, 5 * hourMs) : act('arrange', 3 * minuteMs, 16 * minuteMs),
    random() < 0.93
      ? act('done', 0.4 * hourMs, (isLate ? 4 : 1.7) * hourMs)
      : act('done', 20 * hourMs, 30 * hourMs),
  ];
}

/** A provider is sent a message and answers by its link; one in eight has no time, one in eight never answers, and now and then one gives it back. */
function byProvider(random: Random, act: Plan): RequestDeed[] {
  const offer = act('offer', 2 * minuteMs, 7 * minuteMs);
  const accepts = act('provider-accepts', 0.5 * minuteMs, 6 * minuteMs);
  const done = act('provider-done', 0.4 * hourMs, 1.7 * hourMs);
  const luck = random();
  if (luck < 0.12) {
    const again = act('offer', minuteMs, 4 * minuteMs);
    return [offer, act('provider-refuses', 0.5 * minuteMs, 5 * minuteMs), again, accepts, done];
  }
  // Until the time to answer is over, and nobody waits for the provider any more.
  if (luck < 0.24)
    return [offer, act('arrange', 12 * minuteMs, 2.2 * hourMs), act('done', 0.4 * hourMs, 2 * hourMs)];
  if (luck < 0.3)
    return [
      offer,
      accepts,
      act('provider-gives-back', 3 * minuteMs, 12 * minuteMs),
      act('arrange', 2 * minuteMs, 10 * minuteMs),
      act('done', 0.4 * hourMs, 1.7 * hourMs),
    ];
  return [
    offer,
    accepts,
    ...(random() < 0.4 ? [act('provider-sets-time', 4 * minuteMs, 15 * minuteMs)] : []),
    done,
  ];
}
