/** Whether a topic matches a topic filter [MQTT 3.1.1, 4.7]. `$` topics match no wildcard at the first level. */
export function matchesFilter(filter: string, topic: string): boolean {
  if (!hasWildcard(filter)) return filter === topic;
  const wanted = filter.split('/');
  const given = topic.split('/');
  if (topic.startsWith('$') && (wanted[0] === '+' || wanted[0] === '#')) return false;
  for (const [index, level] of wanted.entries()) {
    // "sport/#" also matches "sport" [MQTT 3.1.1, 4.7.1.2], so running out of given levels here is no mismatch.
    if (level === '#') return true;
    if (index >= given.length) return false;
    if (level !== '+' && level !== given[index]) return false;
  }
  return wanted.length === given.length;
}

export function hasWildcard(filter: string): boolean {
  return filter.includes('+') || filter.includes('#');
}
