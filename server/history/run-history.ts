import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Gate } from '../journal/gate.ts';
import type { HistoryPorts } from './all-history-routes.ts';
import type { Carrier } from './carry.ts';
import { carryOutErasures } from './erasures.ts';
import type { ErasurePorts } from './erasures.ts';
import { followerLimits, followJournal } from './follower.ts';
import type { FollowerLimits, FollowerStatus } from './follower.ts';
import type { HistoryPort } from './history-port.ts';
import { keepHistory } from './upkeep.ts';

export type HistoryRunPorts = {
  history: Pick<Carrier, 'cursor' | 'keep' | 'carry'> &
    Pick<HistoryPort, 'upkeep' | 'read' | 'series' | 'eraseResident'> &
    ErasurePorts['reads'];
  config: Pick<Config, 'history'>;
  gate: Gate;
  clock: Clock;
  journalSeq: number;
  limits?: Partial<FollowerLimits> | undefined;
  told(event: string, details: Readonly<Record<string, unknown>>): void;
};

/** Everything that goes on behind the journal for the history, from the start of the hub to its end. */
export function runHistory(ports: HistoryRunPorts): {
  ports: HistoryPorts;
  status(): FollowerStatus;
  stop(): Promise<void>;
} {
  const { history, gate, clock, told } = ports;
  const { influxUrl, days } = ports.config.history;
  // Over the network larger portions pay; in this process a page waits while one is written.
  const atMost = influxUrl === null ? followerLimits.atMost : 2_000;
  const limits = { ...followerLimits, atMost, ...ports.limits };
  const follower = followJournal({ ...ports, carrier: history, limits });
  /** Downsampling days that are still being written would be done again after each portion. */
  const isBusy = (): boolean => {
    const { journalSeq, cursor, failing } = follower.status();
    return failing !== null || journalSeq - cursor > limits.atMost || gate.depth() >= limits.busyFrom;
  };
  const upkeep = keepHistory(history, { clock, isBusy }, (event, error) => told(event, { err: error }));
  const erasures = carryOutErasures({ ...ports, reads: history, status: follower.status });
  return {
    status: follower.status,
    ports: {
      history,
      status: follower.status,
      setting: { store: influxUrl === null ? 'sqlite' : 'influx', days },
    },
    async stop() {
      upkeep.stop();
      await erasures.stop();
      await follower.stop();
    },
  };
}
