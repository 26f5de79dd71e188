type Props = { id: string; hint: string | undefined; error: string | undefined };

/** Below a field: what it is for, and what is wrong with it; the field names them by `{id}-hint` and `{id}-error`. */
export function FieldNotes({ id, hint, error }: Props) {
  return (
    <>
      {hint !== undefined && (
        <span className="field-hint dim" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {error !== undefined && (
        <span className="field-error" id={`${id}-error`} role="alert">
          {error}
        </span>
      )}
    </>
  );
}
