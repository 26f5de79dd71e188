// Without the query builder: also the thread that reads loads this, and has no other use for it.
const unreadable = '〔无法解密 / cannot be opened〕';

/**
 * The columns that are sealed, by which column their row is known and what stands for a cell that no key opens: an alarm goes on
 * without it. Changing a name here makes what was sealed under the old one unreadable.
 */
export const sealedColumns = {
  'residents.phone': { row: 'id', instead: null },
  'residents.medical_notes': { row: 'id', instead: unreadable },
  'residents.handling_notes': { row: 'id', instead: unreadable },
  'residents.contacts': { row: 'id', instead: '[]' },
  'dwellings.access': { row: 'id', instead: unreadable },
  'user_addresses.addresses': { row: 'user_id', instead: '[]' },
  'absences.note': { row: 'id', instead: unreadable },
  'notifications.channels': { row: 'id', instead: '[]' },
  'care_beds.carers': { row: 'id', instead: '[]' },
  'care_beds.respites': { row: 'id', instead: '[]' },
  'care_beds.note': { row: 'id', instead: unreadable },
  'visits.findings': {
    row: 'id',
    instead: `{"condition":null,"hazards":[],"wishes":"","note":"${unreadable}"}`,
  },
  'visit_follow_ups.text': { row: 'id', instead: unreadable },
  'visit_follow_ups.done_note': { row: 'id', instead: unreadable },
  // Without its secret no code is right: an administrator takes the factor away.
  'second_factors.secret': { row: 'user_id', instead: '' },
  'second_factors.recovery_hashes': { row: 'user_id', instead: '[]' },
  'visit_plans.note': { row: 'resident_id', instead: unreadable },
  // Residents' entries only: they hold the telephone numbers and contacts too. The others hold addresses.
  'search_entries.text': { row: 'id', instead: '' },
} as const;
export type SealedColumn = keyof typeof sealedColumns;
