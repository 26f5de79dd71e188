/** The name under which the index by device keeps its place in the journal. */
export const deviceIndexFollower = 'journal-by-device';
