import type { Labelled } from '@carebell/contracts/labels.ts';

const pages = { device: 'devices', gateway: 'gateways', dwelling: 'dwellings' } as const;

export function pathOfLabelled({ of, id }: Labelled): string {
  return `/${pages[of]}/${encodeURIComponent(id)}`;
}
