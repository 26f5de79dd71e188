const second = 1_000;
const units = { d: 86_400 * second, h: 3_600 * second, min: 60 * second, s: second } as const;
export type DurationUnit = keyof typeof units;
/** From the shortest to the longest. */
export const durationUnits = ['s', 'min', 'h', 'd'] as const satisfies readonly DurationUnit[];

export type DurationPart = { unit: DurationUnit; n: number };

/** `90_000` → 1 min 30 s. */
export function durationParts(ms: number): DurationPart[] {
  let rest = Math.max(0, Math.round(ms / second)) * second;
  const parts: DurationPart[] = [];
  for (const unit of ['d', 'h', 'min', 's'] as const) {
    const n = Math.floor(rest / units[unit]);
    rest -= n * units[unit];
    if (n > 0) parts.push({ unit, n });
  }
  return parts.length === 0 ? [{ unit: 's', n: 0 }] : parts;
}

/** The longest unit in which it is a whole number; nothing at all is written in seconds. */
export function wholeUnitOf(ms: number): DurationUnit {
  if (!Number.isFinite(ms) || ms === 0) return 's';
  return (['d', 'h', 'min'] as const).find((unit) => ms % units[unit] === 0) ?? 's';
}

/** `NaN` for what is no number, which the contract's schema then refuses. */
export function durationOf(entered: string, unit: DurationUnit): number {
  return entered.trim() === '' ? Number.NaN : Math.round(Number(entered) * units[unit]);
}

/** What stands in the field for a duration. */
export function enteredOf(ms: number, unit: DurationUnit): string {
  return Number.isFinite(ms) ? String(ms / units[unit]) : '';
}
