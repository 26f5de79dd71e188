type Props = {
  label: string;
  value: string;
  testId: string;
  isRequired?: boolean;
  onChange: (value: string) => void;
};

/** A day and a time of it by the hub's clock, as `2026-03-14T08:30`; empty while none is entered. */
export function TimeField({ label, value, testId, isRequired = false, onChange }: Props) {
  return (
    <label>
      <span>{label}</span>
      <input
        type="datetime-local"
        className="plain-input"
        data-testid={testId}
        required={isRequired}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
