import { z } from 'zod';
import { instantSchema } from './ids.ts';

/**
 * `carebell/v1/devices/{deviceId}/claim` or `carebell/v1/gateways/{gatewayId}/claim`, QoS 1, hub to the device or gateway that signed
 * in with a code and subscribed: its secret. The code is used up when it first signs in with this secret; until then it may fetch
 * another one.
 */
export const claimMessageSchema = z.object({ secret: z.string().min(16).max(200) });
export type ClaimMessage = z.infer<typeof claimMessageSchema>;

/** `open`: nobody has used it. `delivered`: a secret went out, and nobody has signed in with it yet. */
export const claimStates = ['none', 'open', 'delivered', 'used', 'expired', 'locked'] as const;
export type ClaimState = (typeof claimStates)[number];

/** `GET /devices/{id}/claim`, `GET /gateways/{id}/claim` */
export const claimSchema = z.object({
  state: z.enum(claimStates),
  madeAt: instantSchema.nullable(),
  expiresAt: instantSchema.nullable(),
  /** Codes for this device or gateway that were not this one. */
  wrongCodes: z.number().int(),
  deliveries: z.number().int(),
  usedAt: instantSchema.nullable(),
});
export type Claim = z.infer<typeof claimSchema>;

/** `POST /devices/{id}/claim`, `POST /gateways/{id}/claim`: the code is shown only here; the one before it is good no more. */
export const issuedClaimSchema = z.object({ code: z.string(), claim: claimSchema });
