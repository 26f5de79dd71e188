import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const recordSchema = z.object({
  seed: z.string(),
  timeZone: z.string(),
  fromMs: z.number(),
  /** How far the clock of the hub has come; it was stopped there, or by itself at the end. */
  atMs: z.number(),
  isWhole: z.boolean(),
});
/** The days that a demo has lived, kept beside its accounts. */
export type MonthRecord = z.infer<typeof recordSchema>;

export async function readMonthRecord(path: string): Promise<MonthRecord | undefined> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

export async function keepMonthRecord(path: string, record: MonthRecord): Promise<void> {
  await writeFile(`${path}.new`, `${JSON.stringify(record)}\n`);
  await rename(`${path}.new`, path);
}
