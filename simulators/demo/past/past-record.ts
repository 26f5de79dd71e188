import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const recordSchema = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  /** Everything before it has been acknowledged. */
  writtenUntilMs: z.number(),
  hasCalled: z.boolean(),
});
/** How far the past of a demo has been written, kept beside its accounts: a second start writes nothing twice. */
export type PastRecord = z.infer<typeof recordSchema>;

export async function readPastRecord(path: string): Promise<PastRecord | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  return recordSchema.parse(JSON.parse(text));
}

export async function keepPastRecord(path: string, record: PastRecord): Promise<void> {
  await writeFile(`${path}.new`, `${JSON.stringify(record)}\n`);
  await rename(`${path}.new`, path);
}
