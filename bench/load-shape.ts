/** What every subject is put under, so that all of them are put under the same. */
export const loadShape = {
  /** Door sensors, each on a connection of its own. */
  sensors: 50,
  /** QoS 1 publications of one connection that wait for their PUBACK. */
  inFlight: 32,
  /** Events per second in the background while latency is measured. */
  backgroundPerSecond: 500,
  /** Help presses per second among them, each of another resident. */
  pressesPerSecond: 10,
  /** Connections through which the presses of the alarm rate come; the buttons stand behind them. */
  gateways: 10,
} as const;

export const aims = {
  throughputOfFloor: 0.5,
  p99OfFloor: 3,
  startMs: 1_500,
  idleRssMb: 150,
  bridgeP99Ms: 5,
  bridgeRssMb: 80,
  bridgeCpuPercent: 3,
  decodedPerSecond: 2_000,
  followedOfPlain: 0.7,
  caughtUpPerSecond: 20_000,
  heatMapMs: 150,
} as const;
