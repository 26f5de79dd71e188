import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { chainHash, chainStart, firstBrokenStep } from './alarm-chain.ts';

const bodies = fc.array(fc.string(), { minLength: 1, maxLength: 12 });

function chain(texts: readonly string[]) {
  let previous = chainStart;
  return texts.map((body, index) => {
    previous = chainHash(previous, { alarmId: 'a1', atMs: index, body });
    return { seq: index + 10, atMs: index, body, hash: previous };
  });
}

it('the chain of an untouched case holds', () => {
  fc.assert(
    fc.property(bodies, (texts) => {
      expect(firstBrokenStep('a1', chain(texts))).toBeUndefined();
    }),
  );
});

it('a changed, dropped or moved step breaks the chain where it was touched', () => {
  fc.assert(
    fc.property(bodies, fc.nat(), fc.constantFrom('change', 'drop', 'swap'), (texts, at, deed) => {
      const steps = chain([...texts, 'last']);
      const index = at % (steps.length - 1);
      const touched = steps[index]!;
      if (deed === 'change') steps[index] = { ...touched, body: `${touched.body}x` };
      else if (deed === 'drop') steps.splice(index, 1);
      else [steps[index], steps[index + 1]] = [steps[index + 1]!, touched];
      expect(firstBrokenStep('a1', steps)).toBe(steps[index]!.seq);
    }),
  );
});
