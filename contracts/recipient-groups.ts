/** Groups of the resident's own contacts. A contact with a key is a keyholder besides being family, neighbour or volunteer. */
export const contactGroups = ['keyholders', 'family', 'neighbours', 'volunteers'] as const;
export type ContactGroup = (typeof contactGroups)[number];

/**
 * Groups of the organisation's own people, from near to far: who is on duty at the alarm's station, at the other
 * stations of its street, at the street itself (街镇) and at the district (区).
 */
export const staffGroups = ['station-operators', 'next-station', 'street', 'district'] as const;
export type StaffGroup = (typeof staffGroups)[number];

export const recipientGroups = [...staffGroups, ...contactGroups] as const;
export type RecipientGroup = (typeof recipientGroups)[number];
