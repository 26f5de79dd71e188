import type { Clock } from './clock.ts';
import { readRecording } from './recording.ts';
import type { Recorder } from './recording.ts';
import { replay } from './replay.ts';
import type { RecordedTime } from './replay.ts';
import type { OpenWire } from './wire.ts';

/** Writes down what passes over each wire, before anything else is done with it. `recorders` by the path of the port. */
export function recordingWire(open: OpenWire, recorders: ReadonlyMap<string, Recorder>): OpenWire {
  return async (path, line, events) => {
    const recorder = recorders.get(path);
    if (recorder === undefined) return open(path, line, events);
    const wire = await open(path, line, {
      closed: events.closed,
      bytes(bytes) {
        recorder.bytes('in', bytes);
        events.bytes(bytes);
      },
    });
    return {
      close: () => wire.close(),
      write(bytes) {
        recorder.bytes('out', bytes);
        wire.write(bytes);
      },
    };
  };
}

export type RecordedWireSettings = {
  file: string;
  speed: number;
  clock: Pick<Clock, 'monotonic' | 'after'>;
  /** Moves along with the recording, for a line that lives in its time. */
  time?: RecordedTime;
  /** Everything was played; or the file could not be read, and why. */
  ended(error: unknown): void;
};

/** A recording in the place of a serial port. It is open until it is closed, also after its end, and listens to nothing. */
export function recordedWire({ file, speed, clock, time, ended }: RecordedWireSettings): OpenWire {
  return (_path, _line, { bytes: heard }) => {
    const interrupt = new AbortController();
    const take = (bytes: Uint8Array, atMs: number) => {
      time?.moveTo(atMs);
      heard(bytes);
    };
    // The first bytes come from the disk, so later than the line learns that it is open.
    const played = replay(readRecording(file), take, { speed, clock, interrupted: interrupt.signal }).then(
      () => ended(null),
      (error: unknown) => ended(error),
    );
    return Promise.resolve({
      write: () => undefined,
      async close() {
        interrupt.abort();
        await played;
      },
    });
  };
}
