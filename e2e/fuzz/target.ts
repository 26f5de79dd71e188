import type { Random } from './mutate.ts';

/** Something that takes what it is given. */
export type Target = {
  name: string;
  /** Of all inputs, its part in hundredths. */
  share: number;
  open(place: FuzzPlace): Promise<OpenTarget> | OpenTarget;
};

export type OpenTarget = {
  /** Feeds so many inputs and waits until they are taken; throws a {@link Finding}. */
  feed(count: number, random: Random): Promise<void>;
  close(): Promise<void> | void;
};

/** The hub that the inputs go to. */
export type FuzzPlace = {
  url: string;
  mqttPort: number;
  admin: { name: string; password: string };
  gateway: { id: string; secret: string };
  /** Identifiers that exist, for the places in paths and bodies where one stands. */
  ids: readonly string[];
  deviceIds: readonly string[];
};

/** An input that did what no input may do. */
export class Finding extends Error {
  constructor(what: string, input: string | Buffer, cause?: unknown) {
    const shown = typeof input === 'string' ? input : input.toString('hex');
    super(`${what}: ${shown.slice(0, 2_000)}`, { cause });
    this.name = 'Finding';
  }
}
