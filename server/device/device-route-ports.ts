import type { Clock } from '../clock.ts';
import type { Authorization } from '../http-api/authorization.ts';
import type { Gate } from '../journal/gate.ts';
import type { RegistryReads } from '../resident/registry-reads.ts';
import type { ClaimReads } from './claim-store.ts';

export type DeviceRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  reads: Pick<
    RegistryReads,
    'device' | 'devices' | 'gateway' | 'gateways' | 'serviceAccount' | 'serviceAccounts'
  >;
  clock: Pick<Clock, 'now'>;
  claims: ClaimReads;
  newClaimCode(): string;
  /** 24 random bytes in base64url: shown once, and only their hash is kept. */
  newSecret(): string;
  hashSecret(secret: string): string;
};
