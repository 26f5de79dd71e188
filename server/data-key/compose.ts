import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hasDataKeys, newDataKey, readDataKeys, writeDataKeys } from '../adapters/sealing/data-keys.ts';
import type { DataKeys } from '../adapters/sealing/data-keys.ts';
import { openDatabase } from '../adapters/sqlite/node-sqlite.ts';
import { missingKeys, sealingKeys, unopenableCells } from '../adapters/sqlite/sealed-cells.ts';
import type { CellFault } from '../adapters/sqlite/sealed-cells.ts';
import { createSealing } from '../adapters/sealing/sealing.ts';
import type { Config } from '../config.ts';

type Place = Pick<Config, 'dataDir' | 'dataKeyFile'>;

export type KeyAnswer =
  { ok: true; keys: string[] } | { ok: false; reason: 'no-key' | 'not-in-use-yet'; message: string };

/** Puts a new key before the others. The hub seals everything anew with it at its next start. */
export function rotateKey({ dataKeyFile }: Place): KeyAnswer {
  if (!hasDataKeys(dataKeyFile)) return noKey(dataKeyFile);
  const keys: DataKeys = [newDataKey(), ...readDataKeys(dataKeyFile)];
  writeDataKeys(dataKeyFile, keys);
  return { ok: true, keys: namesOf(keys) };
}

/** Takes the keys away that seal nothing any more. Back-ups from their time open without them no longer. */
export function forgetOldKeys({ dataDir, dataKeyFile }: Place): KeyAnswer {
  if (!hasDataKeys(dataKeyFile)) return noKey(dataKeyFile);
  const [current] = readDataKeys(dataKeyFile);
  const file = join(dataDir, 'carebell.db');
  using db = existsSync(file) ? openDatabase(file, 'read') : undefined;
  const used = db ? sealingKeys(db) : [];
  if (used.length !== 1 || used[0] !== current.id) {
    const message = 'start the hub once, so that it seals everything with the new key';
    return { ok: false, reason: 'not-in-use-yet', message };
  }
  writeDataKeys(dataKeyFile, [current]);
  return { ok: true, keys: [current.id] };
}

export type KeyCheck =
  { ok: true; keys: string[]; missing: string[]; faults: CellFault[] } | Extract<KeyAnswer, { ok: false }>;

/** Opens every sealed cell, on a connection that cannot write, while a hub may run. */
export function checkKeys({ dataDir, dataKeyFile }: Place): KeyCheck {
  if (!hasDataKeys(dataKeyFile)) return noKey(dataKeyFile);
  const keys = readDataKeys(dataKeyFile);
  using db = openDatabase(join(dataDir, 'carebell.db'), 'read', keys);
  return {
    ok: true,
    keys: namesOf(keys),
    missing: missingKeys(db, keys),
    faults: unopenableCells(db, createSealing(keys)),
  };
}

function noKey(file: string): Extract<KeyAnswer, { ok: false }> {
  return { ok: false, reason: 'no-key', message: `no file of keys at ${file}` };
}

const namesOf = (keys: DataKeys): string[] => keys.map(({ id }) => id);
