import { openSerialPort } from './open-serial-port.ts';
import { openTcpSerial } from './open-tcp-serial.ts';
import type { OpenWire } from './wire.ts';

/** A device path, or a serial port behind TCP: `tcp://host:port`. */
export const openWire: OpenWire = (path, line, events) =>
  path.startsWith('tcp://') ? openTcpSerial(path, events) : openSerialPort(path, line, events);
