/**
 * Whether a telephone number can be sent a text message. A Chinese landline begins with 0 and its area code (or is seven or eight
 * digits without one), service numbers with 400, 800 or 95; numbers of other countries are taken for mobile ones.
 */
export function takesTextMessages(phone: string): boolean {
  const digits = phone.replaceAll(/[ ()-]/g, '');
  if (/^(?:\+|00)(?!86)/.test(digits)) return true;
  const national = digits.replace(/^(?:\+|00)86/, '');
  return national.length >= 9 && !/^(?:0|[48]00|95)/.test(national);
}
