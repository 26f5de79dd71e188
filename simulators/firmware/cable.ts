export type CableEvents = {
  /** The bridge wrote bytes. */
  bytes(bytes: Uint8Array): void;
  /** The far end is gone for a reason of its own (no port free, no such folder). */
  failed(reason: Error): void;
};

/** What stands between the board and the bridge; it can be plugged in and pulled out many times. */
export type Cable = {
  /** Where the bridge finds it: a device path, or `tcp://host:port`. Resolves once it can be opened there. */
  plugIn(events: CableEvents): Promise<string>;
  write(bytes: Uint8Array): void;
  pull(): Promise<void>;
};

/** A cable that cannot be laid on this machine. Its `code` tells the person what to do. */
export class CableError extends Error {
  override name = 'CableError';
  readonly code: 'no-socat' | 'failed';

  constructor(code: CableError['code'], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
