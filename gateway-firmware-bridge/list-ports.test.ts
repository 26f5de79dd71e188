import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listPorts } from './list-ports.ts';
import type { PortListing } from './list-ports.ts';

let folder: string;
let listing: PortListing;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ports-'));
  listing = {
    deviceRoot: join(folder, 'dev'),
    systemRoot: join(folder, 'sys'),
    askLibrary: () => Promise.reject(new Error('spawn udevadm ENOENT')),
  };
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function link(path: string, target: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  symlinkSync(target, join(folder, path));
}

function plugIn(): void {
  file('sys/devices/usb1/1-2/idVendor', '1a86\n');
  file('sys/devices/usb1/1-2/manufacturer', 'QinHeng Electronics\n');
  file('sys/devices/usb1/1-2/product', 'USB Serial\n');
  file('sys/devices/usb1/1-2/serial', '0001\n');
  file('sys/devices/usb1/1-2/1-2:1.0/ttyUSB0/tty/ttyUSB0/dev', '188:0\n');
  link('sys/devices/usb1/1-2/1-2:1.0/ttyUSB0/tty/ttyUSB0/device', '../../../ttyUSB0');
  link('sys/class/tty/ttyUSB0', '../../devices/usb1/1-2/1-2:1.0/ttyUSB0/tty/ttyUSB0');
  link('dev/serial/by-id/usb-1a86_USB_Serial_0001-if00-port0', '../../ttyUSB0');
  file('sys/class/tty/ttyS0/type', '4\n');
  file('sys/class/tty/ttyS1/type', '0\n');
  file('sys/class/tty/tty7/dev', '4:7\n');
}

const adapter = () => ({
  path: join(folder, 'dev/ttyUSB0'),
  stablePath: join(folder, 'dev/serial/by-id/usb-1a86_USB_Serial_0001-if00-port0'),
  maker: 'QinHeng Electronics',
  product: 'USB Serial',
  serialNumber: '0001',
});
const nothing = { stablePath: null, maker: null, product: null, serialNumber: null };

test('without udevadm the kernel says which ports there are, with maker, serial number and stable name', async () => {
  plugIn();
  expect(await listPorts(listing)).toEqual([adapter(), { ...nothing, path: join(folder, 'dev/ttyS0') }]);
});

test('what only the library knows is listed too', async () => {
  plugIn();
  const path = join(folder, 'dev/ttyACM3');
  const askLibrary = () => Promise.resolve([{ path, manufacturer: 'Arduino', serialNumber: '7' }]);
  expect(await listPorts({ ...listing, askLibrary })).toEqual([
    adapter(),
    { ...nothing, path, maker: 'Arduino', serialNumber: '7' },
    { ...nothing, path: join(folder, 'dev/ttyS0') },
  ]);
});

test('a machine without ports has an empty list', async () => {
  expect(await listPorts(listing)).toEqual([]);
});

test('this machine answers, whatever it has', async () => {
  const ports = await listPorts();
  expect(ports.every(({ path }) => path !== '')).toBe(true);
});
