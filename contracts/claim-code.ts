/** Crockford's base 32: no I, L, O or U, so that a code is neither misread nor a word. */
export const claimAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const claimCodeLength = 8;
/** How long a code is good for, in milliseconds: one visit. */
export const claimValidMs = 30 * 60_000;
/** With so many wrong codes for one device its code is good no more; 5 of 32⁸ are a chance of one in 2·10¹¹. */
export const wrongCodesAtMost = 5;
/** A delivery that was lost is repeated so often with the same code. */
export const deliveriesAtMost = 10;

const passwordPrefix = 'claim:';

/** What the device sends as its MQTT password; its user name is its identifier, as ever. */
export function claimPassword(code: string): string {
  return `${passwordPrefix}${code}`;
}

/** The code in a password, as {@link bareClaimCode} has it; `undefined` of a password that is none. */
export function claimCodeIn(password: string): string | undefined {
  return password.startsWith(passwordPrefix)
    ? bareClaimCode(password.slice(passwordPrefix.length))
    : undefined;
}

/** A code as somebody typed it, as it was made: capitals, without hyphens and blanks, O for 0, I and L for 1. */
export function bareClaimCode(typed: string): string {
  return typed
    .slice(0, 40)
    .replaceAll(/[\s-]/g, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
}

/** `XXXX-XXXX`, as it is shown and printed. */
export function shownClaimCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}
