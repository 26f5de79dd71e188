/** Which part of a list is wanted: what comes after the last identifier of the page before. */
export type PageQuery = { limit: number; after: string | undefined };

/** `cursor` is the last identifier of this page, and `null` on the last one. */
export type Page<T> = { items: T[]; cursor: string | null };
