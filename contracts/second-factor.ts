import { z } from 'zod';
import { instantSchema } from './ids.ts';

/** So many recovery codes a user is shown, once; each opens once. */
export const recoveryCodeCount = 10;

/** What a browser carries from the password to the code. */
export const secondStepCookie = 'carebell_second_step';

/** From a password that was right to the code after it, in milliseconds. */
export const secondStepLifeMs = 5 * 60_000;

/** Six digits of an authenticator app (RFC 6238), or a recovery code; blanks, hyphens and small letters do no harm. */
const codeSchema = z.string().trim().min(6).max(40);

/** `POST /session/second-step`, with the cookie that `POST /session` set when it answered `second-step-needed`. */
export const secondStepBodySchema = z.object({ code: codeSchema });
export type SecondStepBody = z.infer<typeof secondStepBodySchema>;

/** `GET /users/me/second-factor` */
export const secondFactorSchema = z.object({
  /** Since when it is asked for; `null`: it is not. */
  since: instantSchema.nullable(),
  recoveryCodesLeft: z.number().int(),
  /** The hub asks it of this role, so it cannot be switched off. */
  isRequired: z.boolean(),
});
export type SecondFactor = z.infer<typeof secondFactorSchema>;

const password = z.string().min(1).max(200);

/** `POST /users/me/second-factor`: begins, and counts for nothing until a code confirms it. */
export const secondFactorBeginSchema = z.object({ password });
export const secondFactorOfferSchema = z.object({
  /** In base 32, to be typed. */
  secret: z.string(),
  /** `otpauth://totp/…`, to be scanned. */
  address: z.string(),
});
export type SecondFactorOffer = z.infer<typeof secondFactorOfferSchema>;

/** `POST /users/me/second-factor/confirmation` */
export const secondFactorConfirmSchema = z.object({ code: codeSchema });
/** The only answer in which they stand. */
export const recoveryCodesSchema = z.object({ recoveryCodes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof recoveryCodesSchema>;

/** `POST /users/me/second-factor/removal` */
export const secondFactorRemovalSchema = z.object({ password, code: codeSchema });
