/** The name under which the index by device keeps its place in the journal. */
export const deviceIndexFollower = 'journal-by-device';
/** The name under which retests keep how far they have read what was changed. */
export const retestFollower = 'retests';
