import { signatureSchema } from '@carebell/contracts/commissioning.ts';
import { describe, expect, it } from 'vitest';
import { pathOf, signatureOf } from './signature-strokes.ts';

const box = { width: 320, height: 180 };

describe('a signature', () => {
  it('is kept as strokes of whole pixels, and is nothing before anything was drawn', () => {
    expect(signatureOf([], box)).toBeUndefined();
    expect(signatureOf([{ points: [] }], box)).toBeUndefined();
    const drawn = [
      {
        points: [
          { x: 1.4, y: 2.6 },
          { x: 10, y: 20 },
        ],
      },
      { points: [{ x: 5, y: 5 }] },
    ];
    expect(signatureOf(drawn, box)).toEqual({
      ...box,
      strokes: [
        [1, 3, 10, 20],
        [5, 5],
      ],
    });
  });

  it('of a slow hand keeps its ends and stays within what the hub takes', () => {
    const points = Array.from({ length: 20_000 }, (_, index) => ({ x: index % 300, y: 1 }));
    const signature = signatureOf([{ points }], box);
    expect(signatureSchema.safeParse(signature).success).toBe(true);
    expect(signature?.strokes[0]?.slice(-2)).toEqual([19_999 % 300, 1]);
  });

  it('is drawn as paths, a dot as a line to itself', () => {
    expect(pathOf([1, 2, 3, 4])).toBe('M1 2L3 4');
    expect(pathOf([5, 5])).toBe('M5 5L5 5');
  });
});
