import { describe, expect, it } from 'vitest';
import type { Gate } from '../journal/gate.ts';
import { StoreFailure } from '../journal/journal-port.ts';
import { createMovingClock } from '../moving-clock.ts';
import type { Bearer } from './identity-reads.ts';
import type { UserRecord } from './identity-store.ts';
import { createSessions, hashOf, sessionLifeMs } from './sessions.ts';

const user: UserRecord = {
  id: 'u1',
  name: 'operator',
  displayName: 'Operator',
  role: 'operator',
  organisationId: 'a',
  passwordHash: 'hash',
  isActive: true,
  failedLogins: 0,
  lockedUntilMs: null,
  lastLoginAtMs: null,
  version: 1,
};

/** Sessions above a store that fails when the test says so. */
function openSessions() {
  const clock = createMovingClock();
  const stored = new Map<string, Bearer>();
  const store = { isWritable: true, isReadable: true, reads: 0, commits: [] as string[] };
  const troubles: string[] = [];
  let tokens = 0;
  const commit = ((name: string, input: { tokenHash: string; expiresAtMs: number }) => {
    if (!store.isWritable) return Promise.reject(new StoreFailure('store-failed', 'disk full'));
    store.commits.push(name);
    if (name === 'endSession') stored.delete(input.tokenHash);
    else stored.set(input.tokenHash, { user, id: input.tokenHash, ...input, hasSecondFactor: false });
    return Promise.resolve({ isOpen: true });
  }) as Gate['commit'];
  const read = <T>(found: T): Promise<T> => {
    store.reads += 1;
    return store.isReadable
      ? Promise.resolve(found)
      : Promise.reject(new StoreFailure('store-failed', 'no reader'));
  };
  const sessions = createSessions({
    commit,
    reads: {
      sessionBearer: (tokenHash) => read(structuredClone(stored.get(tokenHash))),
      tokenBearer: () => read(undefined),
      userRecord: () => read(user),
    },
    clock,
    rolesWithCode: new Set(['operator']),
    newToken: () => `${(tokens += 1)}`.padStart(43, 't'),
    troubled: (event) => troubles.push(event),
  });
  const present = (token: string) => sessions.authenticate({ cookie: `carebell_session=${token}` });
  return { clock, store, stored, troubles, sessions, present };
}

describe('sessions while the store fails', () => {
  it('begin all the same, so that an operator sees alarms that cannot be stored, and end at log-out', async () => {
    const { sessions, present, store, troubles } = openSessions();
    store.isWritable = false;
    const opened = await sessions.open(user);
    expect(await present(opened!.token)).toMatchObject({ id: 'u1' });
    expect(troubles).toEqual(['session.not-stored']);
    await sessions.end(opened!.user);
    expect(await present(opened!.token)).toBeUndefined();
  });

  it('ask nobody to set up a second factor first, which could not be stored either', async () => {
    const { sessions, present, store } = openSessions();
    const stored = await sessions.open(user);
    expect([stored!.user, await present(stored!.token)]).toMatchObject([
      { mustSetUpSecondFactor: true },
      { mustSetUpSecondFactor: true },
    ]);
    store.isWritable = false;
    const opened = await sessions.open(user);
    expect([opened!.user, await present(opened!.token)]).toMatchObject([
      { mustSetUpSecondFactor: false },
      { mustSetUpSecondFactor: false },
    ]);
  });

  it('begin with a code of an app, and with no recovery code, which could not be crossed out', async () => {
    const { sessions, store } = openSessions();
    store.isWritable = false;
    expect(await sessions.open(user, { by: 'code', step: 1 })).toBeDefined();
    await expect(sessions.open(user, { by: 'recovery-code', hash: 'h' })).rejects.toThrow(StoreFailure);
  });

  it('that began so end when their user is changed', async () => {
    const { sessions, present, store } = openSessions();
    store.isWritable = false;
    const opened = await sessions.open(user);
    sessions.accessChanged({ userId: 'u1' });
    expect(await present(opened!.token)).toBeUndefined();
  });

  it('go on for screens that are logged in, though nothing can be read', async () => {
    const { clock, sessions, present, store, troubles } = openSessions();
    const { token } = (await sessions.open(user))!;
    await present(token);
    store.isReadable = false;
    clock.move(60_000);
    expect(await present(token)).toMatchObject({ id: 'u1' });
    expect(troubles).toEqual(['session.not-reread']);
    await expect(present('x'.repeat(43))).rejects.toThrow(StoreFailure);
  });

  it('are prolonged by use, though the prolongation cannot be stored', async () => {
    const { clock, sessions, present, store } = openSessions();
    const { token } = (await sessions.open(user))!;
    store.isWritable = false;
    for (let hour = 0; hour < 30; hour += 6) {
      clock.move(6 * 3_600_000);
      expect(await present(token)).toMatchObject({ id: 'u1', expiresAtMs: clock.now() + sessionLifeMs });
    }
  });

  it('do not end at a log-out that could not be stored, and say so', async () => {
    const { sessions, present, store } = openSessions();
    const opened = (await sessions.open(user))!;
    store.isWritable = false;
    await expect(sessions.end(opened.user)).rejects.toThrow(StoreFailure);
    expect(await present(opened.token)).toMatchObject({ id: 'u1' });
  });
});

describe('sessions in memory', () => {
  it('are read once in ten seconds and prolonged once in ten minutes, however often they are used', async () => {
    const { clock, sessions, present, store } = openSessions();
    const { token } = (await sessions.open(user))!;
    for (let second = 0; second < 1_200; second += 1) {
      clock.move(1_000);
      await present(token);
    }
    expect(store.reads).toBe(120);
    expect(store.commits).toEqual(['openSession', 'extendSession', 'extendSession']);
  });

  it('show what another hub has changed after ten seconds', async () => {
    const { clock, sessions, present, stored } = openSessions();
    const { token } = (await sessions.open(user))!;
    await present(token);
    stored.delete(hashOf(token));
    expect(await present(token)).toBeDefined();
    clock.move(10_000);
    expect(await present(token)).toBeUndefined();
  });

  it('do not remember what was read before somebody was locked out', async () => {
    const { sessions, present, stored } = openSessions();
    const { token } = (await sessions.open(user))!;
    const asking = present(token);
    stored.delete(hashOf(token));
    sessions.accessChanged({ userId: 'u1' });
    expect(await asking).toBeUndefined();
    expect(await present(token)).toBeUndefined();
  });
});
