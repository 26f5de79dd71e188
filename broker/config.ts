import { z } from 'zod';

const rateSchema = z.object({ perSecond: z.number().positive(), burst: z.number().min(1) });
const pem = z.union([z.string().min(1), z.instanceof(Buffer)]);
const port = z.number().int().min(0).max(65_535);
const count = z.number().int().min(1);

const limitsSchema = z.object({
  /** Open connections in all, and from one remote address (`null`: no limit; behind a load balancer all share one). */
  connections: count.default(50_000),
  connectionsPerAddress: count.nullable().default(null),
  /** A device that comes back under a new client identifier leaves a dead connection behind; the oldest gives way. */
  connectionsPerAccount: z
    .object({
      device: count.default(4),
      gateway: count.default(16),
      service: count.default(16),
      claimant: count.default(2),
    })
    .prefault({}),
  /** The largest MQTT packet, refused by its fixed header before it is buffered. */
  packetBytes: z
    .number()
    .int()
    .min(1024)
    .default(256 * 1024),
  clientIdLength: count.default(128),
  /** A keep alive of 0 or above this is held to this. */
  keepAliveMs: z.number().int().min(1000).max(65_535_000).default(3_600_000),
  /** For CONNECT to arrive, and for a TLS handshake. */
  connectTimeoutMs: count.default(5_000),
  /** A subscriber whose connection takes nothing for this long, or lets this much pile up, is cut. */
  drainTimeoutMs: count.default(3_000),
  sendBufferBytes: count.default(4 * 1024 * 1024),
  /**
   * Publications of one connection that wait for intake; beyond it (plus one read of 64 KiB) its socket is not read.
   * With `longestHoldMs` of a second this also bounds a flood, to 5,000 a second.
   */
  inFlightPublications: count.default(5_000),
  inFlightBytes: count.default(1024 * 1024),
  inFlightQos2: count.default(100),
  subscriptionsPerConnection: count.default(1_000),
  keptSessions: count.default(20_000),
  /** Devices that nobody registered whose gateway and availability are remembered. */
  unregisteredDevices: count.default(10_000),
  rate: z
    .object({
      device: rateSchema.default({ perSecond: 20, burst: 200 }),
      gateway: rateSchema.default({ perSecond: 1_000, burst: 10_000 }),
    })
    .prefault({}),
  /** The longest that the rate limit holds one event back. */
  longestHoldMs: count.default(1_000),
  /** A connection whose oldest publication has waited this long for intake is closed. */
  intakeTimeoutMs: count.default(30_000),
  /** How long after a start a party that was online may take to come back. */
  restartGraceMs: count.default(180_000),
  /** Wrong log-ins of one remote address answered at once; the others are answered late. */
  failedLogins: rateSchema.default({ perSecond: 0.5, burst: 20 }),
  failedLoginDelayMs: count.default(1_000),
  /** Wrong codes of one remote address; beyond it no code is looked at, until a minute has passed for each. */
  wrongClaims: rateSchema.default({ perSecond: 1 / 60, burst: 10 }),
  /** For publications in flight to be stored and acknowledged when the hub stops. */
  stopTimeoutMs: count.default(2_000),
});

/** `ca` signs the certificates of clients; `revoked` are SHA-256 fingerprints of those that are good no more. */
const tlsMaterialSchema = z.object({
  cert: pem,
  key: pem,
  ca: pem.optional(),
  revoked: z.array(z.string()).default([]),
});

export const brokerConfigSchema = z.object({
  host: z.string().min(1).default('127.0.0.1'),
  /** 0 takes any free port; `null` opens none. */
  tcpPort: port.nullable().default(1883),
  tls: tlsMaterialSchema
    .extend({
      port: port.default(8883),
      /** With `ca`: whether a client must show a certificate signed by it, or may sign in by its secret without one. */
      clients: z.enum(['required', 'optional']).default('required'),
    })
    .nullable()
    .default(null),
  limits: limitsSchema.prefault({}),
});

/** Settings as a caller gives them; everything has a secure default. */
export type BrokerConfig = z.input<typeof brokerConfigSchema>;
/** What may change while connections stand. */
export type TlsMaterial = z.output<typeof tlsMaterialSchema>;
export type BrokerSettings = z.output<typeof brokerConfigSchema>;
export type Limits = BrokerSettings['limits'];
