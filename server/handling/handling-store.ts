import type { Script } from '@carebell/contracts/handling.ts';

export type EnteredScripts = { version: number; scripts: Script[] };

export type HandlingStore = {
  scripts(organisationId: string): Promise<EnteredScripts | undefined>;
  /** What was entered at these organisations, in their order. */
  scriptsOf(organisationIds: readonly string[]): Promise<Script[][]>;
  putScripts(organisationId: string, scripts: EnteredScripts): Promise<void>;
};
