import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { setTimeout as pass } from 'node:timers/promises';
import { connectAs, connack, openRaw, packet } from '../raw-party.ts';
import type { RawParty } from '../raw-party.ts';
import type { SignedIn } from '../community.ts';
import { serviceOrSkip } from '../services.ts';
import type { Fault } from './faults.ts';
import type { Stage } from './stage.ts';

const descriptorsMore = 20;
const knocks = 200;
const signInWithinMs = 60_000;

/** A connection of its own; whoever is cut off tries again, as firmware does. */
export async function signIn({ hub }: Pick<Stage, 'hub'>, account: SignedIn): Promise<RawParty> {
  const untilMs = performance.now() + signInWithinMs;
  for (;;) {
    const party = await openRaw(hub);
    party.write(connectAs(account));
    while (!party.isClosed() && party.received().length < connack(0).length) await pass(20);
    if (party.received().equals(connack(0))) return party;
    if (performance.now() > untilMs) throw new Error(`${account.id} could not sign in`);
  }
}

/** Everybody at once. */
export function crowdIn(stage: Stage): Promise<RawParty[]> {
  return Promise.all(stage.town.crowd.map((account) => signIn(stage, account)));
}

export const leave = (parties: readonly RawParty[]): void =>
  parties.forEach(({ socket }) => socket.destroy());

export const crowdFaults: readonly Fault[] = [
  {
    name: 'crowd-reconnects',
    what: 'all devices of the town lose their connections and sign in at once',
    rounds: 1,
    async strike(stage) {
      const before = await crowdIn(stage);
      leave(before);
      leave(await crowdIn(stage));
    },
  },
  {
    name: 'subscriber-deaf',
    what: 'a service subscribes to everything and stops reading for 5 s',
    rounds: 1,
    async strike({ hub, town }) {
      const deaf = await openRaw(hub);
      deaf.write(connectAs(town.service));
      const all = Buffer.concat([Buffer.from([0, 1, 0, 13]), Buffer.from('carebell/v1/#'), Buffer.from([0])]);
      deaf.write(packet(0x82, all));
      while (deaf.received().length <= connack(0).length) await pass(20);
      deaf.socket.pause();
      await pass(5_000);
      deaf.socket.destroy();
    },
  },
  {
    name: 'descriptors-gone',
    what: `the hub may open ${descriptorsMore} descriptors more, and ${knocks} connections knock, for 3 s`,
    rounds: 1,
    prepare: () => (serviceOrSkip('prlimit') === undefined ? 'prlimit is not there' : {}),
    async strike({ hub }) {
      const limit = (soft: number): void => {
        const { status } = spawnSync('prlimit', [`--pid=${hub.pid()}`, `--nofile=${soft}:`]);
        if (status !== 0) throw new Error('prlimit did not take the limit');
      };
      const most = Number(
        /Max open files\s+(\d+)/.exec(spawnSync('cat', [`/proc/${hub.pid()}/limits`]).stdout.toString())?.[1],
      );
      limit(readdirSync(`/proc/${hub.pid()}/fd`).length + descriptorsMore);
      const parties = await Promise.all(Array.from({ length: knocks }, () => openRaw(hub)));
      await pass(3_000);
      leave(parties);
      limit(most);
    },
  },
];
