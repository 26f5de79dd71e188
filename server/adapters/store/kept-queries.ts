import { CompiledQuery, sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';

type Value = string | number | null;
export type Values = Readonly<Record<string, Value>>;
/** Where the values of each run will stand. */
export type Places<V extends Values> = { readonly [K in keyof V]: RawBuilder<V[K]> };
type Build<V extends Values, R> = (places: Places<V>) => { compile(): CompiledQuery<R> };

/**
 * The queries of an alarm's path. The query builder writes each of them once, at its first run and with places for the
 * values; every further run only binds. Writing a query anew costs more than what SQLite does for it.
 */
export type KeptQueries = {
  /** Each run has values of the same names as the first one. */
  rows<V extends Values, R>(build: Build<V, R>): (values: V) => Promise<R[]>;
  /** How many rows a run has changed. */
  changes<V extends Values>(build: Build<V, unknown>): (values: V) => Promise<number>;
};

export type KeptStatement = {
  rows(parameters: Value[]): unknown[] | Promise<unknown[]>;
  changes(parameters: Value[]): number | Promise<number>;
};

export function keepQueries(prepare: (text: string) => KeptStatement): KeptQueries {
  function keep<V extends Values>(build: Build<V, unknown>) {
    let kept: { statement: KeptStatement; parameters: (values: Values) => Value[] } | undefined;
    return (values: V) => {
      if (kept === undefined) {
        const { text, parameters } = write(build, Object.keys(values));
        kept = { statement: prepare(text), parameters };
      }
      return { statement: kept.statement, parameters: kept.parameters(values) };
    };
  }
  return {
    rows<V extends Values, R>(build: Build<V, R>) {
      const bind = keep(build);
      return async (values: V) => {
        const { statement, parameters } = bind(values);
        return (await statement.rows(parameters)) as R[];
      };
    },
    changes(build) {
      const bind = keep(build);
      return async (values) => {
        const { statement, parameters } = bind(values);
        return statement.changes(parameters);
      };
    },
  };
}

/** For a connection that is reached through the query builder alone. */
export function keepQueriesOf<Tables>(db: Kysely<Tables>): KeptQueries {
  return keepQueries((text) => {
    const run = async (parameters: Value[]) => db.executeQuery(CompiledQuery.raw(text, parameters));
    return {
      rows: async (parameters) => (await run(parameters)).rows,
      changes: async (parameters) => Number((await run(parameters)).numAffectedRows ?? 0),
    };
  });
}

class Place {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

function write<V extends Values>(build: Build<V, unknown>, names: readonly string[]) {
  const places: Record<string, unknown> = Object.fromEntries(
    names.map((name) => [name, sql.val(new Place(name))]),
  );
  const { sql: text, parameters } = build(places as Places<V>).compile();
  const slots = parameters as readonly (Place | Value)[];
  return {
    text,
    parameters: (values: Values): Value[] =>
      slots.map((slot) => {
        const value = slot instanceof Place ? values[slot.name] : slot;
        if (value === undefined) throw new Error(`a kept query lacks a value in: ${text}`);
        return value;
      }),
  };
}
