import { expect, it } from 'vitest';
import { changedParts } from './rule-changes.ts';

const bathroom = (afterMinutes: number) => ({
  id: 'bathroom-long',
  kind: 'bathroom-long' as const,
  afterMinutes,
});

it('the records name what was changed and not its numbers', () => {
  expect(changedParts([], [bathroom(60)])).toEqual(['bathroom-long.added']);
  expect(changedParts([bathroom(60)], [bathroom(70)])).toEqual(['bathroom-long.afterMinutes']);
  expect(changedParts([bathroom(60)], [bathroom(60)])).toEqual([]);
  expect(changedParts([bathroom(60)], [{ id: 'bathroom-long', isOff: true }])).toEqual(['bathroom-long.off']);
  expect(changedParts([bathroom(60)], [])).toEqual(['bathroom-long.removed']);
});

it('a rule that is changed for one risk group more is one that was added', () => {
  const forDementia = { ...bathroom(45), groups: ['dementia' as const] };
  expect(changedParts([bathroom(60)], [bathroom(60), forDementia])).toEqual(['bathroom-long.added']);
});
