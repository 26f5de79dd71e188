import type { Resident } from '@carebell/contracts/registry.ts';
import { visitFrequencies } from '@carebell/contracts/visit-frequencies.ts';
import type { VisitFrequency, VisitSettings } from '@carebell/contracts/visit-frequencies.ts';

/** The resident's own frequency, or the strictest that any of the risk groups asks for. */
export function frequencyOf(
  { riskGroups, own }: { riskGroups: Resident['riskGroups']; own: VisitFrequency | null },
  { frequencies }: Pick<VisitSettings, 'frequencies'>,
): VisitFrequency {
  return own ?? frequencyOfGroups(riskGroups, { frequencies });
}

export function frequencyOfGroups(
  riskGroups: Resident['riskGroups'],
  { frequencies }: Pick<VisitSettings, 'frequencies'>,
): VisitFrequency {
  const groups = riskGroups.length === 0 ? (['others'] as const) : riskGroups;
  const asked = new Set(groups.map((group) => frequencies[group]));
  return visitFrequencies.find((frequency) => asked.has(frequency)) ?? 'none';
}

export function isLess(frequency: VisitFrequency, than: VisitFrequency): boolean {
  return visitFrequencies.indexOf(frequency) > visitFrequencies.indexOf(than);
}
