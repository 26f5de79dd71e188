import type { Standing } from './demo-clock/standing.ts';

export type Hub = {
  /** Opens what people and screens use, then what devices use. */
  start(): Promise<void>;
  stop(): Promise<void>;
  addresses(): { http: number | null; mqtt: number | null; mqttTls: number | null };
  /** The administrator's password if this start has made one; it is nowhere else. */
  generatedAdminPassword: string | null;
  /** The file of the key by which personal data are sealed, if this start has made one. */
  generatedDataKey: string | null;
  /** For whoever moves the hub's clock. */
  standing(): Standing;
};
