const dayMs = 86_400_000;

/** What `<input type="datetime-local">` takes and gives, in the time of this computer. */
export function fieldTime(atMs: number): string {
  const at = new Date(atMs);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The instant that a field says; `undefined` if it says none. */
export function instantOf(field: string): string | undefined {
  const atMs = Date.parse(field);
  return Number.isNaN(atMs) ? undefined : new Date(atMs).toISOString();
}

/** So many days on, at noon: somebody is at the station then to notice that it has ended. */
export function noonIn(days: number, nowMs: number): string {
  const noon = new Date(nowMs + days * dayMs);
  noon.setHours(12, 0, 0, 0);
  return fieldTime(noon.getTime());
}

/** An absence that ended this short a time ago is still worth a line above everything else. */
const newsForMs = 7 * dayMs;

export function isNews(endedAt: string | null, nowMs: number): boolean {
  return endedAt !== null && nowMs - Date.parse(endedAt) < newsForMs;
}
