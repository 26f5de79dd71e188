import type { LineSettings } from './drivers/driver.ts';

export type WireEvents = {
  bytes(bytes: Uint8Array): void;
  /** Once, however it ended, unless `close` was called before. */
  closed(reason: string): void;
};

/** An open line, by cable or by network. */
export type Wire = {
  write(bytes: Uint8Array): void;
  close(): Promise<void>;
};

export type OpenWire = (path: string, line: LineSettings, events: WireEvents) => Promise<Wire>;

/** Why a line could not be opened. `missing`: there is no such device now, which costs nothing to look for often. */
export class WireFailure extends Error {
  readonly code: 'missing' | 'in-use' | 'not-permitted' | 'unreachable' | 'failed';

  constructor(code: WireFailure['code'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'WireFailure';
    this.code = code;
  }
}
