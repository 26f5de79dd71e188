/** A number grouped so that it can be read aloud: Chinese mobile numbers 3-4-4, others as they were entered. */
export function spokenPhone(phone: string): string {
  const mobile = /^(1\d{2})(\d{4})(\d{4})$/.exec(phone.replaceAll(/[ ()-]/g, ''));
  return mobile === null ? phone : mobile.slice(1).join(' ');
}

export function phoneLink(phone: string): string {
  return `tel:${phone.replaceAll(/[^0-9+]/g, '')}`;
}
