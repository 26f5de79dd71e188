import { InvalidArgumentError } from 'commander';

export function amount(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError('0, 1, 2.5 …');
  return value;
}

export function positive(text: string): number {
  if (amount(text) === 0) throw new InvalidArgumentError('> 0');
  return amount(text);
}

export function share(text: string): number {
  if (amount(text) > 1) throw new InvalidArgumentError('0 … 1');
  return amount(text);
}

export function portNumber(text: string): number {
  const value = amount(text);
  if (!Number.isInteger(value) || value > 65_535) throw new InvalidArgumentError('0 … 65535');
  return value;
}

/** Milliseconds of "10s", "500ms", "2m" or, in seconds, "10". */
export function duration(text: string): number {
  const [, number = '', unit = 's'] = /^([0-9.]+)(ms|s|m|h)?$/.exec(text) ?? [];
  const factors: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
  const ms = Number(number) * (factors[unit] ?? Number.NaN);
  if (number === '' || !Number.isFinite(ms) || ms <= 0) throw new InvalidArgumentError('10s, 500ms, 2m …');
  return ms;
}

/** "every 10s" comes in two words, and "10s" means the same. */
export function everyDuration(word: string, before: number | undefined): number | undefined {
  return word === 'every' ? before : duration(word);
}

export function httpUrl(text: string): string {
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? '')) throw new InvalidArgumentError('http://, https://');
  return text;
}

export function mqttUrl(text: string): string {
  const protocol = URL.parse(text)?.protocol ?? '';
  if (!['mqtt:', 'mqtts:', 'ws:', 'wss:'].includes(protocol)) {
    throw new InvalidArgumentError('mqtt://host:port, mqtts://, ws://, wss://');
  }
  return text;
}
