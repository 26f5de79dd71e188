import { deviceIdSchema, recordIdSchema } from '@carebell/contracts/ids.ts';
import { expect, it } from 'vitest';
import { newRecordId } from './record-id.ts';

it('makes identifiers that are one level of a topic, short enough for a label, and all different', () => {
  const ids = Array.from({ length: 5_000 }, newRecordId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) {
    expect(recordIdSchema.safeParse(id).success && deviceIdSchema.safeParse(id).success).toBe(true);
    expect(id).toMatch(/^[0-9a-z]{16}$/);
    expect(id).not.toMatch(/[ilou]/);
  }
});
