import { timingSafeEqual } from 'node:crypto';
import { secondStepLifeMs } from '@carebell/contracts/second-factor.ts';
import type { UserRecord } from './identity-store.ts';

export type SecondStepPorts = { sign(purpose: 'second-step', text: string): string };

/**
 * What a browser carries from a right password to the code: who, until when, signed together with the hash of the password, so
 * that a new password ends it. It is no session and opens nothing but the question for the code.
 */
export function createSecondSteps({ sign }: SecondStepPorts) {
  const macOf = (userId: string, until: string, passwordHash: string): string =>
    sign('second-step', `${userId} ${until} ${passwordHash}`);
  return {
    begin({ id, passwordHash }: UserRecord, nowMs: number): string {
      const until = (nowMs + secondStepLifeMs).toString(36);
      return `${id}.${until}.${macOf(id, until, passwordHash)}`;
    },
    /** Whose it is, if the hub has made it for them and its time is not over. */
    async userOf(
      token: string,
      nowMs: number,
      findUser: (id: string) => Promise<UserRecord | undefined>,
    ): Promise<UserRecord | undefined> {
      const parts = /^([\w-]{1,64})\.([a-z0-9]{1,12})\.([\w-]{20,100})$/.exec(token);
      const [, id = '', until = '', mac = ''] = parts ?? [];
      if (parts === null || Number.parseInt(until, 36) <= nowMs) return undefined;
      const user = await findUser(id);
      const [given, expected] = [Buffer.from(mac), Buffer.from(macOf(id, until, user?.passwordHash ?? ''))];
      const isGenuine = given.length === expected.length && timingSafeEqual(given, expected);
      return isGenuine ? user : undefined;
    },
  };
}
