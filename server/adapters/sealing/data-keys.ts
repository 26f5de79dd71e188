import { createHash, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

/** A key of 256 bits and its name, which is not secret: it stands in every cell that the key sealed. */
export type DataKey = { id: string; key: Uint8Array };
/** The first one seals; the others open what was sealed before it. */
export type DataKeys = readonly [DataKey, ...DataKey[]];

const title = 'carebell data keys 1';
const keyLength = 32;
const idLength = 8;

export function newDataKey(): DataKey {
  return named(randomBytes(keyLength));
}

/** Throws with the code `data-key-unusable` if the file is not what {@link writeDataKeys} wrote. */
export function readDataKeys(file: string): DataKeys {
  const [first, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const keys = lines.map((line) => named(Buffer.from(line.trim(), 'base64url')));
  const [current, ...older] = keys;
  if (first !== title || current === undefined || keys.some(({ key }) => key.length !== keyLength)) {
    throw Object.assign(new Error(`${file} is no file of data keys; take it from where you keep keys`), {
      code: 'data-key-unusable',
    });
  }
  return [current, ...older];
}

/** Whole or not at all, readable for its owner alone, synced before anything is sealed with it. */
export function writeDataKeys(file: string, keys: DataKeys): void {
  const lines = keys.map(({ key }) => Buffer.from(key).toString('base64url'));
  const fresh = `${file}.new`;
  const descriptor = openSync(fresh, 'w', 0o600);
  writeSync(descriptor, `${[title, ...lines].join('\n')}\n`);
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(fresh, file);
}

export const hasDataKeys = (file: string): boolean => existsSync(file);

function named(key: Uint8Array): DataKey {
  return { id: createHash('sha256').update(key).digest('hex').slice(0, idLength), key };
}
