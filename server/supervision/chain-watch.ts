import type { ChainEvent, ChainState } from '@carebell/contracts/chain.ts';
import { deviceEventSchema } from '@carebell/contracts/messages.ts';
import type { Clock } from '../clock.ts';
import type { IntakeVerdict, Publication } from '../ingest/ingest.ts';
import { parsePayload } from '../ingest/parse-payload.ts';
import type { Gate } from '../journal/gate.ts';
import { watchChain } from './chain.ts';
import type { Chain } from './chain.ts';

type Intake = (publication: Publication, done: (verdict: IntakeVerdict) => void) => void;

export type ChainWatchPorts = {
  gate: Pick<Gate, 'commit' | 'commitThen' | 'store'>;
  /** Real time, also where a test moves the hub's: the way is real. */
  clock: Clock;
  newSecret(): string;
  hashSecret(secret: string): string;
  connect(account: { id: string; secret: string }): {
    publish(payload: object): void;
    end(): Promise<void>;
  };
  show(event: ChainEvent, withinMs: number, answered: () => void): number;
  troubled(event: string, error: unknown): void;
};

export type ChainWatch = Pick<Chain, 'state' | 'report'> & {
  /** The hub's own account, under a name and secret of this start. */
  account(name: string): { kind: 'device'; id: string; secretHash: string; isInternal: true } | undefined;
  /** Takes what the hub says to itself out of what devices say. */
  intake(others: Intake): Intake;
  start(): void;
  stop(): Promise<void>;
};

const raiseEveryMs = 1_000;

/** Runs the synthetic event, and tells by a technical alarm, as soon as that can be stored, when it does not arrive. */
export function openChainWatch(ports: ChainWatchPorts): ChainWatch {
  const { gate, clock, troubled } = ports;
  const id = `hub-chain-${ports
    .newSecret()
    .replaceAll(/[^a-z0-9]/gi, '')
    .slice(0, 12)}`;
  const secret = ports.newSecret();
  const account = { kind: 'device', id, secretHash: ports.hashSecret(secret), isInternal: true } as const;
  let client: ReturnType<ChainWatchPorts['connect']> | undefined;
  /** What the store must still be told. An alarm from before this start is cleared by the first arrival. */
  let untold: ChainState | null = null;
  let isTelling = false;
  let count = 0;

  const chain = watchChain({
    clock,
    publish: (event) => client?.publish({ id: event.id, kind: 'chain.event' }),
    show: ports.show,
    troubled,
    changed(state) {
      untold = state;
      if (state.is === 'broken') troubled('chain.broken', new Error(`no answer from the ${state.hop}`));
      tell();
    },
  });

  function tell(): void {
    const state = untold;
    if (state === null || isTelling || gate.store().is === 'failing') return;
    isTelling = true;
    void store(state)
      .catch((error: unknown) => troubled('chain.alarm-failed', error))
      .finally(() => {
        isTelling = false;
      });
  }

  async function store(state: ChainState): Promise<void> {
    if (state.is === 'broken') {
      await gate.commit('raiseHubAlarm', { kind: 'chain-broken', sinceMs: Date.parse(state.since) });
    } else await gate.commit('clearHubAlarm', { kind: 'chain-broken' });
    if (untold === state) untold = null;
  }
  const endTelling = clock.every(raiseEveryMs, tell);

  return {
    state: chain.state,
    report: chain.report,
    account: (name) => (name === id ? account : undefined),
    intake: (others) => (publication, done) => {
      const { topic, payload } = publication;
      if (topic.of !== 'device' || topic.deviceId !== id) {
        others(publication, done);
        return;
      }
      const parsed = parsePayload(payload, deviceEventSchema);
      if (!parsed.ok) {
        done(parsed);
        return;
      }
      chain.taken(parsed.value.id);
      count += 1;
      gate.commitThen('receiveChainEvent', { number: count }, (error) => {
        if (!error) chain.stored(parsed.value.id);
        done(error ? { ok: false, reason: error.message } : { ok: true });
      });
    },
    start() {
      client = ports.connect({ id, secret });
      chain.start();
    },
    async stop() {
      endTelling();
      chain.stop();
      await client?.end();
    },
  };
}
