import { systemClock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Hub } from '../hub.ts';
import type { Overrides } from '../overrides.ts';
import { createClockMover, obeyClockOrders } from './clock-orders.ts';
import { createSteppedClock } from './stepped-clock.ts';

export type MovedClock = { overrides: Overrides; obey(hub: Pick<Hub, 'standing'>): void };

/**
 * The clock of a demo that lives a month in minutes; `null` of every other hub. Whoever started the process moves it over
 * their IPC channel, so that without one it would stand still for ever: that is refused.
 */
export function openMovedClock(
  { isDemo, demoClockMs }: Pick<Config, 'isDemo' | 'demoClockMs'>,
  channel: Pick<NodeJS.Process, 'on' | 'send' | 'connected'>,
): MovedClock | { refusal: string } | null {
  if (demoClockMs === null || !isDemo) return null;
  if (!channel.send || !channel.connected)
    return { refusal: 'cannot start: CAREBELL_DEMO_CLOCK is set by npm run demo, which moves the clock' };
  const clock = createSteppedClock(demoClockMs);
  return {
    overrides: { clock, connectionClock: systemClock },
    obey: (hub) => obeyClockOrders(channel, createClockMover(clock, hub.standing)),
  };
}
