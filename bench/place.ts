/** Where a running subject is to be found, and who may sign in to it. */
export type Account = { id: string; secret: string };
export type Gateway = Account & { buttonIds: string[] };

export type Place = {
  mqttPort: number;
  /** `ws://…` is a bare WebSocket, anything else Socket.IO. */
  feed: { url: string; cookie: string };
  /** Where a PUBACK says nothing of it: a file that has a line of each event once it is stored. */
  eventsFile?: string;
  sensors: Account[];
  buttons: Account[];
  gateways: Gateway[];
};

/** What a subject must have ready: accounts, registered where there is a register. */
export type Wanted = { sensors: number; buttons: number; gateways: number; buttonsBehindEach: number };

/** What the subject itself says at its end. `stored` is `null` where nothing is kept on disk. */
export type Ledger = { stored: number | null; refused: number };

export type FromSubject =
  | { type: 'ready'; place: Place }
  /** `cpuMs`: what it has used of all cores since it was ready; `null` where the system does not say. */
  | { type: 'ended'; ledger: Ledger; cpuMs: number | null };

/** Accounts for a subject that has no register. */
export function inventedPlace(wanted: Wanted, mqttPort: number, feed: Place['feed']): Place {
  const accounts = (name: string, count: number): Account[] =>
    Array.from({ length: count }, (_, index) => ({ id: `${name}-${index}`, secret: 'a secret' }));
  return {
    mqttPort,
    feed,
    sensors: accounts('sensor', wanted.sensors),
    buttons: accounts('button', wanted.buttons),
    gateways: accounts('gateway', wanted.gateways).map((gateway) => ({
      ...gateway,
      buttonIds: accounts(`${gateway.id}-button`, wanted.buttonsBehindEach).map(({ id }) => id),
    })),
  };
}
