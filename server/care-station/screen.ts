import type { HubToScreen, ScreenToHub } from '@carebell/contracts/live-feed.ts';
import type { Socket } from 'socket.io';
import type { AuthenticatedUser } from '../identity/sessions.ts';

/** Who looks at a screen, which browser tab it is, and the last change it has seen. */
export type ScreenIdentity = {
  user: AuthenticatedUser;
  screenId: string;
  cursor: number | null;
  answersChain: boolean;
  hearsDevices: boolean;
  takesMany: boolean;
};

/** One screen on the live feed. */
export type Screen = Socket<ScreenToHub, HubToScreen, Record<string, never>, ScreenIdentity>;
