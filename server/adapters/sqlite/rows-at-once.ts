/** Rows that one statement inserts, where there are many: a statement for each costs twice as much, and longer ones save no more. */
export const rowsAtOnce = 20;
