import type { Scenario } from './scenario-schema.ts';

/** One resident, device or gateway of a scenario. The key is the end of its identifier at the hub. */
export type Member =
  | { is: 'resident'; key: string; resident: string }
  | { is: 'device'; key: string; resident: string; device: string }
  | { is: 'gateway'; key: string; gateway: string };

/** The residents of this name in the scenario: it, or its copies `name1`, `name2` … */
export function copiesOf(scenario: Scenario, resident: string): string[] {
  const copies = scenario.residents[resident]?.copies;
  if (copies === undefined) return [];
  return copies === 1 ? [resident] : Array.from({ length: copies }, (_, index) => `${resident}${index + 1}`);
}

/** Everything that a reference of a scenario file stands for. */
export function membersOf(scenario: Scenario, reference: string): Member[] {
  const [owner = '', device] = reference.split('.');
  if (device === undefined && scenario.gateways[owner] !== undefined)
    return [{ is: 'gateway', key: owner, gateway: owner }];
  const residents = copiesOf(scenario, owner);
  if (device === undefined) return residents.map((resident) => ({ is: 'resident', key: resident, resident }));
  const devices = Object.keys(scenario.residents[owner]?.devices ?? {}).filter(
    (name) => device === '*' || name === device,
  );
  return residents.flatMap((resident) =>
    devices.map((name): Member => ({ is: 'device', key: `${resident}-${name}`, resident, device: name })),
  );
}
