import { z } from 'zod';

/** The files of a back-up, in the order in which they stand in it. */
export const manifestName = 'back-up.json';
export const databaseName = 'carebell.db';
export const historyName = 'history.db';
export const archivedNames: readonly string[] = [manifestName, databaseName, historyName];

/** The first entry of a back-up: what is in it and how to know that it is whole. */
export const manifestSchema = z.object({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  hubVersion: z.string(),
  /** The number of the last migration. */
  schema: z.number().int(),
  files: z.array(z.object({ name: z.string(), size: z.number().int(), sha256: z.string() })),
  counts: z.record(z.string(), z.number().int()),
  /** The log of cases as `npm run verify-log` says it of the copy. */
  cases: z.object({ cases: z.number().int(), steps: z.number().int(), fingerprint: z.string() }),
  /** What the hub was set to; no passwords and no addresses. */
  settings: z.object({
    timeZone: z.string(),
    locale: z.string(),
    historyDays: z.number(),
    history: z.enum(['sqlite', 'influx']),
  }),
  /** Keys that the data need and that stand elsewhere: the file and the key's name, digits of its SHA-256. */
  keys: z.array(z.object({ name: z.string(), id: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

export type ArchivedFile = Manifest['files'][number];

/** What of the unpacked files is not what the manifest promised. */
export function contradictions(manifest: Manifest, unpacked: readonly ArchivedFile[]): string[] {
  const found = new Map(unpacked.map((file) => [file.name, file]));
  const wrong = manifest.files
    .filter(({ name, sha256 }) => found.get(name)?.sha256 !== sha256)
    .map(({ name }) =>
      found.has(name) ? `${name} is not what it was when it was backed up` : `${name} is missing`,
    );
  const promised = new Set([manifestName, ...manifest.files.map(({ name }) => name)]);
  const strange = unpacked.filter(({ name }) => !promised.has(name)).map(({ name }) => `${name} was added`);
  return [...wrong, ...strange];
}
