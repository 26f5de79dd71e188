/** One thing that an unknown device said. Instants are milliseconds since the epoch. */
export type Said = {
  kind: string;
  signal: string | null;
  key: string | null;
  times: number;
  lastAtMs: number;
};

/** A radio code as one gateway hears it. */
export type UnknownRecord = {
  gatewayId: string;
  code: string;
  firstAtMs: number;
  lastAtMs: number;
  times: number;
  rssi: number | null;
  battery: number | null;
  said: readonly Said[];
};

export type UnknownStore = {
  find(gatewayId: string, code: string): Promise<UnknownRecord | undefined>;
  save(unknown: UnknownRecord): Promise<void>;
  countOf(gatewayId: string): Promise<number>;
  /** The code that this gateway heard longest ago. */
  oldestOf(gatewayId: string): Promise<string | undefined>;
  /** Codes not heard since then, at most so many. */
  unheardSince(atMs: number, atMost: number): Promise<{ gatewayId: string; code: string }[]>;
  /** Forgets it, and the device that was entered for it unless somebody hears it otherwise or its alarm is open. */
  forget(gatewayId: string, code: string): Promise<void>;
  /** Forgets it at all gateways of the station: it is registered. */
  forgetAt(stationId: string, code: string): Promise<void>;
  dismiss(dismissal: {
    stationId: string;
    code: string;
    atMs: number;
    by: string;
    note: string;
  }): Promise<void>;
  /** `false` if it was not dismissed. */
  restore(stationId: string, code: string): Promise<boolean>;
  residentsOf(dwellingId: string): Promise<string[]>;
};
