import { expect, it } from 'vitest';
import { fuzz, isMemoryFlat, targets } from './run-fuzz.ts';
import type { FuzzReport } from './run-fuzz.ts';

/** A nightly run asks for more, and of other seeds. */
const inputs = Number(process.env['CAREBELL_FUZZ_INPUTS'] ?? 8_000);
const seed = Number(process.env['CAREBELL_FUZZ_SEED'] ?? 1);

it(
  `${inputs} inputs that are nearly right end nothing and keep no memory, and a press after them is shown`,
  { timeout: 180_000 + inputs * 5 },
  async () => {
    const reports: FuzzReport[] = [];
    await fuzz(inputs, seed, targets, (report) => void reports.push(report));
    expect(reports).toHaveLength(targets.length);
    expect(reports.filter((report) => !isMemoryFlat(report))).toEqual([]);
  },
);
