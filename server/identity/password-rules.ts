/** Of passwords that people choose. Those that the hub makes are longer. */
export const shortestPassword = 12;

export type PasswordFault = 'too-short' | 'too-common' | 'holds-name';

/**
 * What is tried first, as letters alone: guesses put digits, signs and capitals around and into such words, and so does the
 * comparison below. From the published lists of leaked passwords, and what is near at hand here.
 */
const commonWords = [
  'password',
  'passwort',
  'passw',
  'passcode',
  'letmein',
  'welcome',
  'iloveyou',
  'loveyou',
  'princess',
  'sunshine',
  'football',
  'baseball',
  'superman',
  'batman',
  'dragon',
  'monkey',
  'shadow',
  'master',
  'trustno',
  'starwars',
  'whatever',
  'computer',
  'internet',
  'changeme',
  'default',
  'secret',
  'access',
  'login',
  'admin',
  'administrator',
  'root',
  'user',
  'guest',
  'test',
  'qwertyuiop',
  'qwertyuiopasdfghjkl',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwerty',
  'qwertz',
  'azerty',
  'asdfghjkl',
  'asdf',
  'zxcvbnm',
  'qazwsxedc',
  'qazwsx',
  'qweasdzxc',
  'qweasd',
  'abcdefg',
  'abcdefgh',
  'abcdefghijkl',
  'abc',
  'woaini',
  'woaini',
  'wo ai ni',
  'woaizhongguo',
  'mima',
  'guanliyuan',
  'yonghu',
  'nihao',
  'zhongguo',
  'beijing',
  'shanghai',
  'carebell',
  'anling',
  'anlinghub',
  'yanglao',
  'hujiao',
  'operator',
  'supervisor',
  'station',
  'a long password',
].map((word) => word.replaceAll(' ', ''));

const lookAlikes: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};
const rows = [
  '01234567890',
  '09876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
];

/** Judges a password by its length, against what is tried first, and against its user's own names. */
export function passwordFault(
  password: string,
  { name, displayName }: { name: string; displayName: string },
): PasswordFault | undefined {
  if (Array.from(password).length < shortestPassword) return 'too-short';
  const lower = password.normalize('NFKC').toLowerCase();
  const own = [name, displayName]
    .map((text) => text.toLowerCase())
    .filter((text) => Array.from(text).length >= 2);
  // A name with a year behind it is found as fast as the name; one in a long sentence is not.
  if (own.some((text) => lower.includes(text) && variety(lower.replaceAll(text, '')) < 6))
    return 'holds-name';
  return isCommon(lower) ? 'too-common' : undefined;
}

function isCommon(lower: string): boolean {
  if (variety(lower) < 5) return true;
  if (/^(.{1,6})\1+.{0,5}$/.test(lower)) return true;
  const bare = lower.replaceAll(/[\s._-]/g, '');
  const withoutRows = rows.reduce((text, row) => withoutRuns(text, row), bare);
  if (withoutRows.length < 6) return true;
  const spelled = Array.from(bare)
    .map((sign) => lookAlikes[sign] ?? sign)
    .join('');
  return [bare, spelled].some((text) => {
    const rest = commonWords.reduce(
      (left, word) => left.replaceAll(word, ''),
      text.replaceAll(/[^a-z]/g, ''),
    );
    const digits = bare.replaceAll(/\D/g, '');
    return rest.length < 4 && /[a-z]/.test(text) && new Set(digits).size < 8;
  });
}

/** Takes away every piece of four or more neighbours of this row, in either direction. */
function withoutRuns(text: string, row: string): string {
  let left = text;
  for (let length = Math.min(row.length, text.length); length >= 4; length -= 1) {
    for (let from = 0; from + length <= row.length; from += 1) {
      const run = row.slice(from, from + length);
      left = left.replaceAll(run, '').replaceAll(Array.from(run).toReversed().join(''), '');
    }
  }
  return left;
}

const variety = (text: string): number => new Set(text).size;
