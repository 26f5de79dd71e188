import { parse } from 'node:path';
import type { PortConfig } from '../config.ts';
import { openWire } from '../open-wire.ts';
import { recordingWire } from '../recording-wire.ts';
import { createRecorder } from '../recording.ts';
import type { Recorder } from '../recording.ts';
import type { OpenWire } from '../wire.ts';
import type { Desk } from './desk.ts';

export type Recording = { openWire: OpenWire; close(): Promise<void> };

/** One file for each port: `night.txt`, and with several ports `night.radio.txt`, `night.bus.txt`. */
export async function recordPorts(
  file: string,
  ports: readonly PortConfig[],
  desk: Desk,
): Promise<Recording> {
  const { clock, texts } = desk;
  const recorders = new Map<string, Recorder>();
  for (const { name, driver, path } of ports) {
    const own = ports.length === 1 ? file : fileOfPort(file, name);
    const recorder = await createRecorder(own, clock, {
      about: `${driver} on ${path}`,
      onFailure: (error) => desk.printError(texts.recordingFailed(own, error.message)),
    });
    recorders.set(path, recorder);
    desk.print(texts.recording(own));
  }
  return {
    openWire: recordingWire(openWire, recorders),
    async close() {
      await Promise.all([...recorders.values()].map((recorder) => recorder.close()));
    },
  };
}

function fileOfPort(file: string, portName: string): string {
  const { dir, name, ext } = parse(file);
  return `${dir === '' ? '' : `${dir}/`}${name}.${portName}${ext}`;
}
