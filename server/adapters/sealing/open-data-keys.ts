import { existsSync } from 'node:fs';
import { openDatabase } from '../sqlite/node-sqlite.ts';
import { missingKeys } from '../sqlite/sealed-cells.ts';
import { hasDataKeys, newDataKey, readDataKeys, writeDataKeys } from './data-keys.ts';
import type { DataKeys } from './data-keys.ts';

/**
 * The keys of a store; makes the first one, if nothing was sealed yet. Throws with the code `data-key-missing` if something was
 * and its key is not in the file: a hub with another key would show empty notes to whoever stands before a locked door.
 */
export function openDataKeys(keyFile: string, databaseFile: string): { keys: DataKeys; isNew: boolean } {
  const isNew = !hasDataKeys(keyFile);
  const keys: DataKeys = isNew ? [newDataKey()] : readDataKeys(keyFile);
  const missing = existsSync(databaseFile) ? missingIn(databaseFile, keys) : [];
  if (missing.length > 0) {
    throw Object.assign(
      new Error(
        `the data were sealed with the key ${missing.join(', ')}, which is not in ${keyFile}: put the file that holds it there, or name it by CAREBELL_DATA_KEY_FILE`,
      ),
      { code: 'data-key-missing' },
    );
  }
  if (isNew) writeDataKeys(keyFile, keys);
  return { keys, isNew };
}

function missingIn(databaseFile: string, keys: DataKeys): string[] {
  using db = openDatabase(databaseFile, 'read');
  return missingKeys(db, keys);
}
