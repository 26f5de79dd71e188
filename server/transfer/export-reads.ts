import type { Device } from '@carebell/contracts/registry.ts';
import type { ResidentRow } from '@carebell/contracts/resident-table.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Page, PageQuery } from '../http-api/page.ts';

/** Whole tables, page by page in the order of the identifiers, so that a long one is never in memory at once. */
export type ExportReads = {
  residentRows(query: PageQuery & { scope: Scope }): Promise<Page<ResidentRow & { id: string }>>;
  deviceRows(query: PageQuery & { scope: Scope }): Promise<Page<Device & { address: string }>>;
};
