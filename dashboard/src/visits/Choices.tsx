type Props<T extends string> = {
  legend: string;
  of: readonly T[];
  word: (one: T) => string;
};

/** One of a few, each as large as a thumb. */
export function Choices<T extends string>({
  legend,
  of,
  value,
  word,
  onChange,
}: Props<T> & { value: T | null; onChange: (one: T) => void }) {
  return (
    <fieldset className="visit-choices">
      <legend>{legend}</legend>
      {of.map((one) => (
        <label key={one}>
          <input
            type="radio"
            name={legend}
            value={one}
            checked={value === one}
            onChange={() => onChange(one)}
          />
          <span>{word(one)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Any number of a few. */
export function Several<T extends string>({
  legend,
  of,
  value,
  word,
  onChange,
}: Props<T> & { value: readonly T[]; onChange: (some: T[]) => void }) {
  return (
    <fieldset className="visit-choices">
      <legend>{legend}</legend>
      {of.map((one) => (
        <label key={one}>
          <input
            type="checkbox"
            value={one}
            checked={value.includes(one)}
            onChange={(event) =>
              onChange(event.target.checked ? [...value, one] : value.filter((other) => other !== one))
            }
          />
          <span>{word(one)}</span>
        </label>
      ))}
    </fieldset>
  );
}
