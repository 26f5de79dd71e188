import type { Resident } from '@carebell/contracts/registry.ts';

/** Ways to say Chinese characters; each is a list of syllables in small Latin letters, without tones, `ü` as `v`. */
export type Readings = {
  /** The likeliest reading first, the surname read as a surname; further ones for characters that have several. */
  ofName(name: string): string[][];
  ofText(text: string): string[];
};

/**
 * What a record is found by: its parts one to a line, each also by its pinyin and the initials of that, in small letters.
 * A line begins with a line feed, so that the beginning of a part can be told from its middle.
 */
export type SearchText = string;

export function residentSearchText(
  { id, name, phone, contacts }: Pick<Resident, 'id' | 'name' | 'phone' | 'contacts'>,
  address: string,
  readings: Readings,
): SearchText {
  return lines([
    name,
    ...readings.ofName(name).flatMap(spelled),
    digitsOf(phone ?? ''),
    ...contacts.flatMap((contact) => [contact.name, digitsOf(contact.phone)]),
    id,
    ...addressLines(address, readings),
  ]);
}

export function dwellingSearchText(
  { id, address, grid }: { id: string; address: string; grid: string | null },
  readings: Readings,
): SearchText {
  return lines([...addressLines(address, readings), grid ?? '', id]);
}

/** Without the resident: who may not read of residents must not find their devices by their names either. */
export function deviceSearchText(
  { id, name, room, heardAs }: { id: string; name: string; room: string; heardAs: string | null },
  address: string,
  readings: Readings,
): SearchText {
  const spoken = [name, room].flatMap((part) => spelled(readings.ofText(part)));
  return lines([id, heardAs ?? '', name, room, ...spoken, ...addressLines(address, readings)]);
}

/** The words of a query as they stand in search texts: one of these lists must be found whole. */
export function searchTermsOf(query: string): string[][] {
  const words = folded(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  const alternatives = [words];
  // However the number was spaced when it was entered.
  if (/^[+0-9 ()-]+$/.test(query) && digitsOf(query) !== '') alternatives.push([digitsOf(query)]);
  return alternatives;
}

function addressLines(address: string, readings: Readings): string[] {
  return [address, ...spelled(readings.ofText(address))];
}

function spelled(syllables: readonly string[]): string[] {
  const whole = syllables.join('');
  const initials = syllables.map((syllable) => syllable.slice(0, 1)).join('');
  return [whole, initials].map((text) => text.replaceAll(/\s/g, ''));
}

function lines(parts: readonly string[]): SearchText {
  const distinct = new Set(parts.map(folded).filter((part) => part !== ''));
  return [...distinct].map((part) => `\n${part}`).join('');
}

/** The same letters for the same word, whatever its case, width or composition. */
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll('ü', 'v').trim();
}

function digitsOf(phone: string): string {
  return phone.replaceAll(/\D/g, '');
}
