import type { BrokerConfig } from '@carebell/broker/compose.ts';
import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import type { FollowerLimits } from './history/follower.ts';
import type { GateLimits } from './journal/gate.ts';

/** What a test hands in in place of the real thing. */
export type Overrides = {
  clock?: Clock;
  /** The time of the synthetic event; the real one when absent, because its way is real. */
  chainClock?: Clock;
  log?: Logger;
  broker?: Pick<BrokerConfig, 'limits'>;
  gateLimits?: Partial<GateLimits>;
  followerLimits?: Partial<FollowerLimits>;
  /** Where the built dashboard lies. */
  dashboardDir?: string;
};
