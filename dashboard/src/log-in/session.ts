import type { Session } from '@carebell/contracts/http-api.ts';
import { createContext, use } from 'react';

export type SessionDesk = {
  session: Session;
  may: (action: string) => boolean;
  logOut: () => Promise<void>;
  /** The hub no longer accepts the session: back to the log-in, and say so. */
  expire: () => void;
};

export const SessionContext = createContext<SessionDesk | undefined>(undefined);

export function useSession(): SessionDesk {
  const desk = use(SessionContext);
  if (desk === undefined) throw new Error('SessionContext is missing above this component');
  return desk;
}
