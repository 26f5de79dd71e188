import { scriptsSchema } from '@carebell/contracts/handling.ts';
import type { Script, Scripts } from '@carebell/contracts/handling.ts';
import { useSettings } from '../registry-forms/settings-query.ts';

/** The scripts that hold at an organisation, and how to replace its own. */
export function useScripts(organisationId: string) {
  const path = `/organisations/${encodeURIComponent(organisationId)}/scripts`;
  return useSettings<Scripts, { scripts: readonly Script[]; version: number }>(
    ['scripts', organisationId],
    path,
    scriptsSchema,
  );
}
