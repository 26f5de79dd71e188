import { rejected, type Rejected } from './rejection.ts';
import type { TextLine } from './text-lines.ts';

// The serial API 2.x: `node;child;command;ack;type;payload`, one line a message. Numbers: MySensors, core/MyMessage.h.
export const command = { presentation: 0, set: 1, request: 2, internal: 3 } as const;
export const value = {
  temperature: 0,
  humidity: 1,
  status: 2,
  tripped: 16,
  sceneOn: 19,
  sceneOff: 20,
  text: 47,
} as const;

export type SerialMessage = {
  of: 'message';
  node: number;
  child: number;
  about: number;
  isEcho: boolean;
  type: number;
  payload: string;
  /** The line from this message on. */
  line: TextLine;
};

const shape = /^(\d{1,3});(\d{1,3});([0-4]);([01]);(\d{1,3});([\0-\xff]*)$/;

/**
 * The messages of a line, those behind noise too where nothing is guessed. A number that has lost digits is another
 * node's number, so behind noise a message counts only if its node cannot have had more of them (three digits), or if the
 * gateway speaks of itself. A switch's 0 or 1 is whole by its length, whatever stands where the line should have ended.
 */
export function messagesIn(line: TextLine): (SerialMessage | Rejected)[] {
  const { text, bytes, isStartLost, isEndLost } = line;
  if (!isStartLost && shape.test(text)) return wholeMessages(line);
  const start = startBehindNoise(text);
  if (start === undefined) return [rejected(isEndLost && /^\d/.test(text) ? 'cut' : 'noise', bytes)];
  return [rejected('noise', bytes.subarray(0, start)), ...messagesIn(from(line, start))];
}

/** What stands behind a field that makes no sense: a firmware that restarts within a line glues the next one to it. */
export function messagesBehind({ line }: SerialMessage): (SerialMessage | Rejected)[] {
  const start = startBehindNoise(line.text);
  if (start === undefined) return [rejected('bad-field', line.bytes)];
  return [rejected('bad-field', line.bytes.subarray(0, start)), ...messagesIn(from(line, start))];
}

function wholeMessages(line: TextLine): (SerialMessage | Rejected)[] {
  const { text, bytes, isEndLost } = line;
  const parts = shape.exec(text) ?? [];
  const [node = 0, child = 0, about = 0, echo = 0, type = 0] = parts.slice(1, 6).map(Number);
  const payload = parts[6] ?? '';
  if (node > 255 || child > 255) return [rejected('bad-field', bytes)];
  const message = { of: 'message', node, child, about, isEcho: echo === 1, type, line } as const;
  const isSwitch = about === command.set && (type === value.tripped || type === value.status);
  const [, digit, behind = ''] = (isSwitch && /^([01])(?![0-9;.])([\0-\xff]*)$/.exec(payload)) || [];
  if (digit === undefined || behind === '') {
    if (/[^ -\xff]/.test(payload)) return [rejected('noise', bytes)];
    if (isEndLost && digit === undefined) return [rejected('cut', bytes)];
    return [{ ...message, payload }];
  }
  const end = text.length - behind.length;
  const next = from(line, end + 1);
  if (shape.test(next.text)) {
    return [
      { ...message, payload: digit },
      rejected('noise', bytes.subarray(end, end + 1)),
      ...wholeMessages(next),
    ];
  }
  if (/[ -~]/.test(behind)) return [{ ...message, payload }];
  return [{ ...message, payload: digit }, rejected('noise', bytes.subarray(end))];
}

/** Version, log line and start of the gateway itself: node 0, and no other node says these of child 255. */
const beginnings = /(?<!\d)(?:\d{3};|0;255;3;0;(?:2|9|14);)/g;

function startBehindNoise(text: string): number | undefined {
  for (const { index } of text.matchAll(beginnings))
    if (index > 0 && shape.test(text.slice(index))) return index;
  return undefined;
}

function from({ text, bytes, isEndLost }: TextLine, start: number): TextLine {
  return { of: 'line', text: text.slice(start), bytes: bytes.subarray(start), isStartLost: false, isEndLost };
}
