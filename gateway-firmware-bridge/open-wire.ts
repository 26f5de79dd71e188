import { openTcpSerial } from './open-tcp-serial.ts';
import type { OpenWire } from './wire.ts';

/** A device path, or a serial port behind TCP: `tcp://host:port`. What a bridge does not use it does not load. */
export const openWire: OpenWire = async (path, line, events) => {
  if (path.startsWith('tcp://')) return openTcpSerial(path, events);
  const { openSerialPort } = await import('./open-serial-port.ts');
  return openSerialPort(path, line, events);
};
