import type { Decoded, FramedDriver } from '../driver.ts';
import { rejected } from '../rejection.ts';
import { createLineSplitter, type TextLine } from '../text-lines.ts';

export const acme: FramedDriver = {
  name: 'acme',
  about: 'Acme receiver: a line "BTN 7" for each press',
  mode: 'framed',
  line: { baudRate: 9600 },
  addressScope: 'port',
  silenceLimitMs: 24 * 3600 * 1000,
  frameGapMs: 100,
  createDecoder() {
    const lines = createLineSplitter(80);
    const decode = (found: ReturnType<typeof lines.push>) =>
      found.map((item) => (item.of === 'line' ? meaningOf(item) : item));
    return { push: (bytes) => decode(lines.push(bytes)), quiet: () => decode(lines.quiet()) };
  },
};

function meaningOf({ text, bytes, isEndLost }: TextLine): Decoded {
  if (isEndLost) return rejected('cut', bytes);
  const [, button] = /^BTN (\d{1,3})$/.exec(text) ?? [];
  if (button === undefined) return rejected('unknown-frame', bytes);
  const meaning = { kind: 'button.pressed', data: { key: 'help' } } as const;
  return {
    of: 'heard',
    heard: { of: 'signal', address: `button.${button}`, signal: 'down', meaning },
  };
}
