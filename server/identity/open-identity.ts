import type { Role } from '@carebell/contracts/roles.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../device/directory.ts';
import { createAuthorization } from '../http-api/authorization.ts';
import type { Authorization } from '../http-api/authorization.ts';
import type { Gate } from '../journal/gate.ts';
import { ensureAdministrator } from './first-administrator.ts';
import type { Locale } from './first-administrator.ts';
import type { IdentityReads } from './identity-reads.ts';
import type { KnownBrowserPorts } from './known-browsers.ts';
import { createLogIn } from './log-in.ts';
import type { LogIn } from './log-in.ts';
import type { Passwords } from './passwords.ts';
import type { SecondStepPorts } from './second-step.ts';
import { createSessions } from './sessions.ts';
import type { Sessions } from './sessions.ts';

export type IdentityPorts = {
  gate: Pick<Gate, 'commit'>;
  clock: Clock;
  reads: IdentityReads;
  passwords: Passwords;
  newToken(): string;
  sign: KnownBrowserPorts['sign'] & SecondStepPorts['sign'];
  directory: Pick<Directory, 'organisations'>;
  /** Roles that may not do without a second factor. */
  requireTotp: readonly Role[];
  /** Of the first administrator; `null`: the hub makes one up. */
  adminPassword: string | null;
  locale: Locale;
  troubled(event: string, error: unknown): void;
};

export type Identity = {
  sessions: Sessions;
  logIn: LogIn;
  authorization: Authorization;
  generatedAdminPassword: string | null;
};

/** Who logs in, how long it holds, and what they may do. */
export async function openIdentity(ports: IdentityPorts): Promise<Identity> {
  const { gate, clock, reads, passwords, newToken, sign, directory, troubled } = ports;
  const { commit } = gate;
  const rolesWithCode = new Set(ports.requireTotp);
  const sessions = createSessions({ commit, reads, clock, newToken, troubled, rolesWithCode });
  return {
    sessions,
    logIn: createLogIn({ commit, reads, passwords, sessions, clock, newToken, sign }),
    authorization: createAuthorization({
      authenticate: sessions.authenticate,
      organisations: directory.organisations,
    }),
    generatedAdminPassword: await ensureAdministrator(commit, passwords, ports),
  };
}
