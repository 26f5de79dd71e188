/**
 * Who a user is. What each role may do is the table in `server/identity/rights.ts`. `supervisor` is the general one; the
 * supervisors of a district and a street, and the manager of a station, have less from step to step. A responder goes
 * there and answers no alarms; an auditor reads records and numbers, with personal data masked.
 */
export const roles = [
  'administrator',
  'supervisor',
  'district-supervisor',
  'street-supervisor',
  'station-manager',
  'operator',
  'responder',
  'installer',
  'auditor',
] as const;
export type Role = (typeof roles)[number];

/** Levels of the organisation tree, from the top: 区 district, 街镇 street, 社区养老服务驿站 station. */
export const organisationLevels = ['district', 'street', 'station'] as const;
export type OrganisationLevel = (typeof organisationLevels)[number];

/** Identifier of the root above all districts; an administrator's place in the tree. */
export const rootOrganisationId = 'root';
