import type { Server as HttpServer } from 'node:http';
import type { AlarmDesk } from '../alarm/alarm-desk.ts';
import { isSameOrigin } from '../http-api/same-origin.ts';
import { may } from '../identity/rights.ts';
import type { Sessions } from '../identity/sessions.ts';
import { openLiveFeed } from './live-feed.ts';
import type { LiveFeed, LiveFeedPorts } from './live-feed.ts';
import { createScreenDesk } from './screen-desk.ts';

export type ScreensPorts = Pick<
  LiveFeedPorts,
  'gate' | 'board' | 'reads' | 'directory' | 'clock' | 'chain' | 'recordRefusal' | 'troubled'
> & {
  desk: AlarmDesk;
  limits: Parameters<typeof createScreenDesk>[1];
  sessions: Pick<Sessions, 'authenticate' | 'watch'>;
};

/** The live feed of a hub: its screens, with who may have one and what they may ask for. */
export function openScreens(http: HttpServer, { desk, limits, sessions, ...ports }: ScreensPorts): LiveFeed {
  return openLiveFeed(http, {
    ...ports,
    calls: createScreenDesk(desk, limits),
    authenticate: sessions.authenticate,
    watchAccess: sessions.watch,
    mayReadAlarms: (user) => !user.mustSetUpSecondFactor && may(user.role, 'alarm.watch'),
    isOriginAllowed: (origin, host) => isSameOrigin({ origin, host }),
  });
}
