/** The headers that a browser sets by itself and a page cannot change. */
export type OriginHeaders = {
  origin?: string | undefined;
  host?: string | undefined;
  secFetchSite?: string | undefined;
};

/**
 * Whether a request that carries the session cookie comes from our own pages. Browsers say so by `Sec-Fetch-Site` on
 * secure addresses and by `Origin` on all; a program that is no browser sends neither, and no other site can drive it.
 */
export function isSameOrigin({ origin, host, secFetchSite }: OriginHeaders): boolean {
  if (secFetchSite !== undefined) return secFetchSite === 'same-origin' || secFetchSite === 'none';
  if (origin === undefined) return true;
  // `URL.parse` answers null for "null", which sandboxed pages and redirects send.
  return host !== undefined && URL.parse(origin)?.host === host.toLowerCase();
}
