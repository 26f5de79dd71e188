import type { Priority } from './alarm-kinds.ts';

/** What shows that somebody has seen or heard the resident since the alarm. */
export const proofs = ['voice-contact', 'on-site', 'device-event'] as const;
export type Proof = (typeof proofs)[number];

/** What an answer can show; an event of a device shows itself. */
export const answeredProofs = ['voice-contact', 'on-site'] as const;

/** Only where somebody may be in danger. Of service requests and equipment nobody needs to be seen. */
export function needsProof({ priority }: { priority: Priority }): boolean {
  return priority === 'emergency';
}
