type Props = { label: string; value: string; testId: string; onChange: (value: string) => void };

/** A day and a time of it, as `2026-03-14T08:30`; empty while none is entered. */
export function TimeField({ label, value, testId, onChange }: Props) {
  return (
    <label>
      <span>{label}</span>
      <input
        type="datetime-local"
        className="plain-input"
        data-testid={testId}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
