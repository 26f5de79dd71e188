const mobile = /^(1\d{2})(\d{4})(\d{4})$/;
/** The area codes of three digits: Beijing, and the other large cities. */
const landline = /^(010|02\d)(\d{4})(\d{4})$/;

/** A Chinese number grouped as it is read aloud; any other as it was entered. */
export function spokenPhone(phone: string): string {
  const digits = phone.replaceAll(/[ ()-]/g, '');
  const groups = mobile.exec(digits) ?? landline.exec(digits);
  return groups === null ? phone : groups.slice(1).join(' ');
}

export function phoneLink(phone: string): string {
  return `tel:${phone.replaceAll(/[^0-9+]/g, '')}`;
}
