import type { TableKind, TableRow } from '@carebell/contracts/registry-tables.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import { createGateway } from '../device/device-registry-accounts.ts';
import { createDevice } from '../device/device-registry-works.ts';
import type { Transaction } from '../journal/transaction.ts';
import { createDwelling } from '../resident/dwelling-works.ts';
import type { RegistryRefusal } from '../resident/registry-outcome.ts';

export type TableRowError = { row: number; field: string; reason: RegistryRefusal['reason'] };
export type TableImportOutcome =
  { ok: true; ids: string[]; hasSecret: boolean[] } | { ok: false; errors: TableRowError[] };

type Call = {
  actorId: string;
  scope: Scope;
  list: { [K in TableKind]: { of: K; rows: readonly TableRow<K>[] } }[TableKind];
  /** One for each row; those of rows that need none are thrown away. */
  secretHashes: readonly string[];
};

/**
 * Enters each row as it is entered singly, so that a row may refer to one before it, and takes all of them back if one is refused:
 * either all are entered or none, and all that is wrong is named at once.
 */
export async function importTable(tx: Transaction, call: Call): Promise<TableImportOutcome> {
  return tx.attempt(
    async () => enterAll(tx, call),
    ({ ok }) => ok,
  );
}

async function enterAll(tx: Transaction, call: Call): Promise<TableImportOutcome> {
  const ids: string[] = [];
  const hasSecret: boolean[] = [];
  const errors: TableRowError[] = [];
  for (const index of call.list.rows.keys()) {
    const outcome = await enter(tx, call, index);
    if (outcome.ok) {
      ids.push(outcome.id);
      hasSecret.push(outcome.isSecretUsed);
    } else errors.push({ row: index, field: outcome.field, reason: outcome.reason });
  }
  return errors.length === 0 ? { ok: true, ids, hasSecret } : { ok: false, errors };
}

type Entered = { ok: true; id: string; isSecretUsed: boolean } | RegistryRefusal;

async function enter(tx: Transaction, call: Call, index: number): Promise<Entered> {
  const { actorId, scope, list } = call;
  const secretHash = call.secretHashes[index] ?? '';
  switch (list.of) {
    case 'dwellings':
      return withSecret(
        await createDwelling(tx, { actorId, scope, dwelling: rowAt(list.rows, index) }),
        false,
      );
    case 'gateways':
      return withSecret(
        await createGateway(tx, { actorId, scope, gateway: rowAt(list.rows, index), secretHash }),
        true,
      );
    case 'devices':
      return createDevice(tx, { actorId, scope, device: rowAt(list.rows, index), secretHash });
  }
}

function withSecret(outcome: { ok: true; id: string } | RegistryRefusal, isSecretUsed: boolean): Entered {
  return outcome.ok ? { ok: true, id: outcome.id, isSecretUsed } : outcome;
}

function rowAt<T>(rows: readonly T[], index: number): T {
  const row = rows[index];
  if (row === undefined) throw new Error(`import: row ${index} is not there`);
  return row;
}
