/** `98.50 %`; the last hundredth is never rounded up to a target that was not met. */
export function percent(share: number | null): string {
  return share === null ? '—' : `${(Math.floor(share * 10_000 + 1e-6) / 100).toFixed(2)} %`;
}

/** A share without anything to count misses no target. */
export function isBelow(share: number | null, target: number): boolean {
  return share !== null && share < target;
}
