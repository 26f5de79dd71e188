import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { SerialPort } from 'serialport';

export type ListedPort = {
  path: string;
  /** Stays the same whichever socket the adapter is plugged into and whatever else is there. */
  stablePath: string | null;
  maker: string | null;
  product: string | null;
  serialNumber: string | null;
};

export type PortListing = {
  /** What the serialport library knows; on Linux it asks `udevadm`, which small systems lack. */
  askLibrary(): Promise<
    Array<{ path: string; manufacturer?: string | undefined; serialNumber?: string | undefined }>
  >;
  /** `/dev` and `/sys`, where the kernel says the same itself. */
  deviceRoot: string;
  systemRoot: string;
};

const ofThisMachine: PortListing = {
  askLibrary: () => SerialPort.list(),
  deviceRoot: '/dev',
  systemRoot: '/sys',
};

/** Serial ports with hardware behind them; those with a stable name, which is the one to configure, first. */
export async function listPorts(listing: PortListing = ofThisMachine): Promise<ListedPort[]> {
  const { deviceRoot, systemRoot } = listing;
  const stable = await stablePaths(deviceRoot);
  const known = new Map((await libraryPorts(listing)).map((port) => [port.path, port]));
  const names = new Set([
    ...(await kernelPorts(systemRoot)).map((name) => join(deviceRoot, name)),
    ...known.keys(),
  ]);
  const ports = await Promise.all(
    [...names].map(async (path) => {
      const name = path.slice(deviceRoot.length + 1);
      if (!(await hasHardware(systemRoot, name))) return null;
      const usb = await usbDetails(systemRoot, name);
      return {
        path,
        stablePath: stable.get(path) ?? null,
        maker: usb.maker ?? known.get(path)?.manufacturer ?? null,
        product: usb.product,
        serialNumber: usb.serialNumber ?? known.get(path)?.serialNumber ?? null,
      };
    }),
  );
  const present = ports.filter((port) => port !== null);
  return present.toSorted(
    (a, b) =>
      Number(b.stablePath !== null) - Number(a.stablePath !== null) ||
      a.path.localeCompare(b.path, 'en', { numeric: true }),
  );
}

async function libraryPorts({ askLibrary }: PortListing): ReturnType<PortListing['askLibrary']> {
  try {
    return await askLibrary();
  } catch (error) {
    // Without udevadm (ENOENT), or where it refuses, the kernel's own files say what there is.
    if (error instanceof Error) return [];
    throw error;
  }
}

async function kernelPorts(systemRoot: string): Promise<string[]> {
  const names = await namesIn(join(systemRoot, 'class/tty'));
  return names.filter((name) => /^(tty(S|WCH|ACM|USB|AMA|MFD|O|XRUSB)|rfcomm)\d/.test(name));
}

/** Linux shows thirty-two `ttyS` on machines that have one; a port without a chip has the type 0. */
async function hasHardware(systemRoot: string, name: string): Promise<boolean> {
  return (await lineIn(join(systemRoot, 'class/tty', name, 'type'))) !== '0';
}

/** Of a USB adapter the device above the port carries its maker, product and serial number. */
async function usbDetails(
  systemRoot: string,
  name: string,
): Promise<{ maker: string | null; product: string | null; serialNumber: string | null }> {
  const device = await present(realpath(join(systemRoot, 'class/tty', name, 'device')));
  let folder = device ?? '/';
  for (let up = 0; up < 4 && folder !== '/'; up += 1, folder = dirname(folder)) {
    if ((await lineIn(join(folder, 'idVendor'))) === null) continue;
    const [maker, product, serialNumber] = await Promise.all(
      ['manufacturer', 'product', 'serial'].map((field) => lineIn(join(folder, field))),
    );
    return { maker: maker ?? null, product: product ?? null, serialNumber: serialNumber ?? null };
  }
  return { maker: null, product: null, serialNumber: null };
}

async function stablePaths(deviceRoot: string): Promise<Map<string, string>> {
  const folder = join(deviceRoot, 'serial/by-id');
  const links = await Promise.all(
    (await namesIn(folder)).map(async (name): Promise<[string, string] | null> => {
      const target = await present(readlink(join(folder, name)));
      return target === null ? null : [resolve(folder, target), join(folder, name)];
    }),
  );
  return new Map(links.filter((link) => link !== null));
}

async function namesIn(folder: string): Promise<string[]> {
  return (await present(readdir(folder))) ?? [];
}

async function lineIn(path: string): Promise<string | null> {
  const text = await present(readFile(path, 'utf8'));
  return text === null ? null : text.trim();
}

/** `null` for what is not there, or cannot be read, among files that the kernel offers. */
async function present<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
