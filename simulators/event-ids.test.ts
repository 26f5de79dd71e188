import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventIdSchema } from '@carebell/contracts/ids.ts';
import { countingEventIds, freshEventIds } from './event-ids.ts';

test('no two event ids are the same, whichever devices make them and however often these start anew', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 20 }), (eventsPerStart) => {
      const ids = eventsPerStart.flatMap((count) => Array.from({ length: count }, freshEventIds()));
      return new Set(ids).size === ids.length;
    }),
  );
});

test('an event id is one that the wire contract takes', () => {
  const next = countingEventIds('0123456789abcdef');
  for (let count = 0; count < 2_000; count += 1) expect(eventIdSchema.safeParse(next()).success).toBe(true);
});
