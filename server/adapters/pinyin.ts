import type { Readings } from '../search/search-text.ts';

/** A name of characters with several readings each is kept in this many of them. */
const keptReadings = 8;
const plain = { toneType: 'none', type: 'array', v: true } as const;

/** Reads its dictionary (about 16 MB of memory) when it is first called: a hub that enters nobody never needs it. */
export async function loadPinyin(): Promise<Readings> {
  const { pinyin, polyphonic } = await import('pinyin-pro');
  return {
    ofName(name) {
      if (!/\p{Script=Han}/u.test(name)) return [];
      const likeliest = pinyin(name, { ...plain, surname: 'head' });
      let others: string[][] = [[]];
      for (const choices of polyphonic(name, plain)) {
        others = others
          .flatMap((begun) => [...new Set(choices)].map((choice) => [...begun, choice]))
          .slice(0, keptReadings);
      }
      return [likeliest, ...others];
    },
    ofText: (text) => (/\p{Script=Han}/u.test(text) ? pinyin(text, plain) : []),
  };
}
