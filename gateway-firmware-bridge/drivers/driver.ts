import type { EventKind } from '@carebell/contracts/event-kinds.ts';
import type { DeviceCommand, DeviceEvent, DeviceReading } from '@carebell/contracts/messages.ts';

/** What a protocol itself says has happened. A radio code that says only "key 4" has no meaning; the device map gives it one. */
export type Meaning = { kind: EventKind; data?: Record<string, unknown> };

/**
 * One thing heard from one sender. `address` names the sender in letters, digits, '.', '_' and '-', at most 48 of them
 * ('rf433.ev1527.0f7499'); `signal` what was pressed or set, likewise ('switch.04').
 */
export type Heard =
  /** A frame that may be repeated by the transmitter; sender and signal together make the press. */
  | { of: 'signal'; address: string; signal: string; meaning?: Meaning; data?: Record<string, unknown> }
  /** An event that the device numbered itself; it passes through as it is. */
  | { of: 'event'; address: string; event: DeviceEvent }
  | { of: 'reading'; address: string; reading: DeviceReading };

/** Why bytes were not taken; each is counted by its name. */
export type Rejection =
  /** Bytes between frames. */
  | 'noise'
  /** A frame that ended too early, or was overtaken by the next. */
  | 'cut'
  | 'checksum'
  | 'length'
  /** No frame end within the longest frame of the protocol. */
  | 'too-long'
  /** A whole frame of a kind that this driver does not know. */
  | 'unknown-frame'
  /** A known frame with a field that makes no sense. */
  | 'bad-field';

export type Decoded =
  | { of: 'heard'; heard: Heard }
  /** Bytes that the firmware waits for, to be written at once. */
  | { of: 'reply'; bytes: Uint8Array }
  /** The firmware answers the order that carried this token. */
  | { of: 'confirmation'; token: string; ok: boolean; reason?: string }
  /** The firmware lives (an answer to a keep-alive) or has just started (a banner). */
  | { of: 'firmware'; says: 'alive' | 'started'; version?: string }
  /** `bytes`: what was thrown away, at most its first 64; `length`: how many there were. */
  | { of: 'rejected'; reason: Rejection; bytes: Uint8Array; length: number };

/** Pure but for the bytes that it holds of a frame not yet complete. */
export type Decoder = {
  push(bytes: Uint8Array): Decoded[];
  /** The line has been quiet for `frameGapMs`: whatever is held will not be completed. */
  quiet(): Decoded[];
};

export type LineSettings = {
  baudRate: number;
  dataBits?: 7 | 8;
  parity?: 'none' | 'even' | 'odd';
  stopBits?: 1 | 2;
};

/** A command of the hub on its way to a device; `address` and `signal` name what shows it, by the device map or the device itself. */
export type Order = {
  address: string;
  signal?: string;
  command: DeviceCommand;
  /** Grows by one with each order of this port; for firmware that numbers what it is told. */
  ordinal: number;
};

/** `token` comes back in a `confirmation`; without one, written is all that can be known. */
export type EncodedOrder = { bytes: Uint8Array; token?: string };

type Common = {
  name: string;
  /** One line for `--help`: which firmware, which boards. */
  about: string;
  line: LineSettings;
  /**
   * Whether an address means the same device wherever it is heard (a 433 MHz code), or only on this port (node 5 of
   * this MySensors network, the radar on this cable).
   */
  addressScope: 'world' | 'port';
  /** Silence of the whole line that is unusual for a firmware that lives, in milliseconds; the port's settings may change it. */
  silenceLimitMs: number;
};

/** A firmware that speaks when it has something to say. */
export type FramedDriver = Common & {
  mode: 'framed';
  /** Quiet time after which a frame that has begun is given up, in milliseconds. */
  frameGapMs: number;
  /** Bytes that make a living firmware answer; `writes` once when the port has opened. */
  keepAlive?: { bytes: Uint8Array; everyMs: number };
  onOpen?: Uint8Array[];
  createDecoder(options: DriverOptions): Decoder;
  /** `undefined`: this firmware cannot show such a command. */
  encode?(order: Order, options: DriverOptions): EncodedOrder | undefined;
};

/** A bus on which only the master speaks first: the driver asks in turns. It does no I/O of its own but through `write`. */
export type PolledDriver = Common & {
  mode: 'polled';
  createPoller(
    options: DriverOptions,
    line: {
      write(bytes: Uint8Array): void;
      decoded(items: Decoded[]): void;
      /** A unit of the bus has not answered as often as the settings allow, or answers again; told in health. */
      answering?(address: string, isAnswering: boolean): void;
    },
  ): Poller;
};

export type Poller = {
  start(): void;
  push(bytes: Uint8Array): void;
  stop(): Promise<void>;
  order?(order: Order): Promise<{ ok: boolean; reason?: string }>;
};

/** The `options` of a port in the configuration; each driver parses its own with zod and throws what to correct. */
export type DriverOptions = Readonly<Record<string, unknown>>;

export type Driver = FramedDriver | PolledDriver;
