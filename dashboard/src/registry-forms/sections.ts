/** The lists that stand beside one another. Dwellings stand with people, or with devices for who sees no people. */
export const sections = {
  residents: [
    { path: '/residents', name: 'residents', action: 'resident.read' },
    { path: '/dwellings', name: 'dwellings', action: 'registry.read' },
    { path: '/requests', name: 'requests', action: 'request.read' },
    { path: '/night', name: 'night', action: 'resident.read' },
    { path: '/care-beds', name: 'careBeds', action: 'care-bed.read' },
    { path: '/visits', name: 'visits', action: 'visit.make' },
    { path: '/visit-campaigns', name: 'visitCampaigns', action: 'visit.read' },
    { path: '/follow-ups', name: 'followUps', action: 'alarm.acknowledge' },
  ],
  devices: [
    { path: '/workbench', name: 'workbench', action: 'device.write' },
    { path: '/devices', name: 'devices', action: 'device.read' },
    { path: '/unknown-devices', name: 'unregistered', action: 'device.read' },
    { path: '/gateways', name: 'gateways', action: 'device.read' },
    { path: '/supervision', name: 'supervision', action: 'device.read' },
    { path: '/maintenance', name: 'maintenance', action: 'device.read' },
    { path: '/virtual-devices', name: 'virtualDevices', action: 'device.write' },
    { path: '/commissionings', name: 'commissionings', action: 'device.read' },
    { path: '/test-modes', name: 'testModes', action: 'test-mode.read' },
    { path: '/dwellings', name: 'dwellings', action: 'registry.read' },
  ],
  numbers: [
    { path: '/numbers', name: 'numbers', action: 'report.read' },
    { path: '/boards', name: 'boards', action: 'report.read' },
    { path: '/map', name: 'map', action: 'resident.read' },
    { path: '/visit-rate', name: 'visitRate', action: 'visit.read' },
    { path: '/drills', name: 'drills', action: 'drill.read' },
    { path: '/records', name: 'records', action: 'audit.read' },
  ],
  organisations: [
    { path: '/organisations', name: 'organisations', action: 'registry.read' },
    { path: '/users', name: 'users', action: 'user.read' },
    { path: '/channels', name: 'channels', action: 'channel.read' },
  ],
} as const;
export type Section = keyof typeof sections;

/** A record's page stands within its list; the unregistered devices are a list of their own. */
export function isWithin(pathname: string, path: string): boolean {
  if (pathname === '/devices/unregistered') return path === '/unknown-devices';
  return pathname === path || pathname.startsWith(`${path}/`);
}

/** The section in whose lists this page stands. */
export function sectionOf(pathname: string): Section | undefined {
  const names = Object.keys(sections) as Section[];
  return names.find((name) => sections[name].some(({ path }) => isWithin(pathname, path)));
}
