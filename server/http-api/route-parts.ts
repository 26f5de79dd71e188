import { z } from 'zod';

/** An identifier in the address. What has the wrong form is not found, like any other that nobody has. */
export const idParams = z.object({ id: z.string() });

/** A list's query, with its `cursor` as the identifier after which the page begins. */
export function pageQueryOf<Q extends { limit: number; cursor?: string | undefined }>(
  query: Q,
): Omit<Q, 'cursor'> & { after: string | undefined } {
  const { cursor, ...wanted } = query;
  return { ...wanted, after: cursor };
}
