import { useState } from 'react';
import type { z } from 'zod';
import type { Answer, HubRefusal } from '../api/hub-api.ts';
import { useProblemText } from '../app/problem-text.ts';
import { differencesOf, merged } from './differences.ts';
import type { Difference } from './differences.ts';
import { errorsOfProblem, errorsOfSchema } from './field-errors.ts';
import type { FieldError } from './field-errors.ts';
import { bodyOf, changeOf, valuesOf } from './form-fields.ts';
import type { Field, Values } from './form-fields.ts';

export type RecordFormDeps<R> = {
  fields: readonly Field[];
  /** The contract's schema of the body that is sent. */
  schema: z.ZodType;
  /** `undefined` for a new one. */
  record: Values | undefined;
  /** What a new one begins with. */
  initial?: Values;
  send: (body: Values) => Promise<Answer<R>>;
  onDone: (result: R) => void;
};

type Conflict = { theirs: Values; differences: Difference[] };

/** The state of one form: what was entered, what is wrong with it, and what somebody else made of the record meanwhile. */
export function useRecordForm<R>({ fields, schema, record, initial, send, onDone }: RecordFormDeps<R>) {
  const problemText = useProblemText();
  const [basis, setBasis] = useState<Values>(record ?? {});
  const [values, setValues] = useState(() => valuesOf(fields, record ?? initial ?? {}));
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  const [wasSaved, setSaved] = useState(false);
  const [conflict, setConflict] = useState<Conflict>();
  const isChanged = record === undefined || Object.keys(changeOf(fields, values, basis)).length > 0;

  async function sendEntered(entered: Values, from: Values): Promise<void> {
    const change = record === undefined ? bodyOf(fields, entered) : changeOf(fields, entered, from);
    const body = record === undefined ? change : { ...change, version: from['version'] };
    const checked = schema.safeParse(body, { reportInput: true });
    if (!checked.success) {
      setErrors(errorsOfSchema(checked.error.issues));
      return;
    }
    setErrors([]);
    setProblem(undefined);
    setSending(true);
    const answer = await send(body);
    setSending(false);
    if (!answer.ok) {
      refused(answer.problem, entered, from);
      return;
    }
    if (record !== undefined) {
      const saved = answer.result as Values;
      setBasis(saved);
      setValues(valuesOf(fields, saved));
    }
    setSaved(true);
    onDone(answer.result);
  }

  function refused(refusal: HubRefusal, entered: Values, from: Values): void {
    const { code, current } = refusal;
    if (code === 'changed-meanwhile' && current !== undefined) {
      const mine = { ...from, ...bodyOf(fields, entered) };
      const differences = differencesOf(fields, { before: from, mine, theirs: current });
      setConflict({ theirs: current, differences });
      return;
    }
    const found = errorsOfProblem(refusal);
    setErrors(found);
    const isToldAtFields = found.length > 0 && found.every(({ path }) => isShown(path, fields));
    setProblem(isToldAtFields ? undefined : problemText(refusal));
  }

  return {
    values,
    errors,
    problem,
    isSending,
    isChanged,
    wasSaved,
    differences: conflict?.differences,
    set(name: string, value: unknown) {
      setValues((entered) => ({ ...entered, [name]: value }));
      setErrors((found) => found.filter(({ path }) => path !== name && !path.startsWith(`${name}.`)));
    },
    undo() {
      setValues(valuesOf(fields, basis));
      setErrors([]);
      setProblem(undefined);
    },
    submit: () => sendEntered(values, basis),
    leaveDifferences: () => setConflict(undefined),
    async resolve(choices: Readonly<Record<string, 'mine' | 'theirs'>>) {
      if (conflict === undefined) return;
      const { theirs, differences } = conflict;
      const decided = valuesOf(fields, merged(theirs, differences, choices));
      setConflict(undefined);
      setBasis(theirs);
      setValues(decided);
      // Everything was left as it is now: there is nothing to send.
      if (Object.keys(changeOf(fields, decided, theirs)).length === 0) onDone(theirs as R);
      else await sendEntered(decided, theirs);
    },
  };
}

function isShown(path: string, fields: readonly Field[]): boolean {
  return fields.some(({ name }) => path === name || path.startsWith(`${name}.`));
}
