import { defaultServices } from '@carebell/contracts/default-services.ts';
import type { Service } from '@carebell/contracts/service-catalogue.ts';
import { serviceKinds } from '@carebell/contracts/service-kinds.ts';
import type { ServiceKind } from '@carebell/contracts/service-kinds.ts';

/** The service of this kind where these organisations, the nearest first, have entered theirs. */
export function serviceFor(kind: ServiceKind, entered: readonly (readonly Service[])[]): Service {
  for (const services of entered) {
    const own = services.find((service) => service.kind === kind);
    if (own) return own;
  }
  return defaultServices[kind];
}

/** What holds for each kind, and at which of the organisations it was entered: its place in the list, −1 for the hub's own. */
export function servicesInForce(
  entered: readonly (readonly Service[])[],
): { service: Service; from: number }[] {
  return serviceKinds.map((kind) => ({
    service: serviceFor(kind, entered),
    from: entered.findIndex((services) => services.some((service) => service.kind === kind)),
  }));
}
