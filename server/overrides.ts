import type { BrokerConfig } from '@carebell/broker/compose.ts';
import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import type { FollowerLimits } from './history/follower.ts';
import type { MachineTime } from './hub-clock/even-clock.ts';
import type { GateLimits } from './journal/gate.ts';

/** What a test hands in in place of the real thing. */
export type Overrides = {
  clock?: Clock;
  /** What the machine says of time, to a hub that lives by it. */
  machineTime?: MachineTime;
  /** The time of the synthetic event; the real one when absent, because its way is real. */
  chainClock?: Clock;
  /** The time of connections, where theirs is another than the hub's: what waits on a socket waits in real time. */
  connectionClock?: Pick<Clock, 'after'>;
  log?: Logger;
  broker?: Pick<BrokerConfig, 'limits'>;
  gateLimits?: Partial<GateLimits>;
  followerLimits?: Partial<FollowerLimits>;
  /** Where the built dashboard lies. */
  dashboardDir?: string;
};
