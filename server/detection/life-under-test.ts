import type { Rule } from '@carebell/contracts/detection.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';
import { advance } from './engine.ts';
import type { Finding, Note } from './engine.ts';
import type { AbsentTime } from './facts.ts';
import type { Span } from './wall-clock.ts';
import type { Watch, WatchInput } from './watch.ts';

const minuteMs = 60_000;
const zoneMs = 8 * 60 * minuteMs;

/** An instant by the clock in Shanghai, on a day of March 2026: `at(3, '07:30')`. */
export function at(day: number, clock: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  return Date.UTC(2026, 2, day, hours, minutes, seconds) - zoneMs;
}

const devices = {
  living: { type: 'motion-sensor', room: '客厅' },
  bathroom: { type: 'motion-sensor', room: '卫生间' },
  bedroom: { type: 'motion-sensor', room: '卧室' },
  bed: { type: 'bed-sensor', room: '卧室' },
  door: { type: 'door-sensor', room: '玄关' },
  button: { type: 'button', room: '客厅' },
  meter: { type: 'other', room: '厨房' },
} as const satisfies Record<string, { type: DeviceType; room: string }>;
export type DeviceName = keyof typeof devices;

const kinds: Record<string, string> = {
  moves: 'motion.detected',
  opens: 'door.opened',
  closes: 'door.closed',
  enters: 'bed.entered',
  leaves: 'bed.left',
  presses: 'button.pressed',
  beats: 'heartbeat',
};

/** One resident whose sensors a test speaks for, with time that passes as in the hub. */
export function life(rules: readonly Rule[], more: { absences?: AbsentTime[]; hubGaps?: Span[] } = {}) {
  let watch: Watch | null = null;
  const findings: Finding[] = [];
  const notes: Note[] = [];
  const surroundings = {
    rules,
    zone: () => zoneMs,
    absences: more.absences ?? [],
    hubGaps: more.hubGaps ?? [],
    buttonId: 'button',
  };
  const turn = (input: WatchInput): void => {
    const turned = advance(watch, input, surroundings);
    watch = structuredClone(turned.watch);
    findings.push(...turned.findings);
    notes.push(...turned.notes);
  };
  const device = (name: DeviceName) => ({ id: name, name: '', ...devices[name] });
  return {
    findings,
    notes,
    said: () => findings.map(({ ruleId, noticedMs }) => `${ruleId} ${clockOf(noticedMs)}`),
    watch: () => watch,
    /** Something happens, and reaches the hub then or later. */
    tell(name: DeviceName, act: string, atMs: number, receivedMs = atMs) {
      this.passUntil(receivedMs);
      turn({ type: 'event', device: device(name), kind: kinds[act] ?? act, atMs, receivedMs });
    },
    read(values: Record<string, number>, atMs: number) {
      this.passUntil(atMs);
      turn({ type: 'reading', device: device('meter'), values, atMs, receivedMs: atMs });
    },
    link(name: DeviceName, isUp: boolean, receivedMs: number) {
      this.passUntil(receivedMs);
      turn({ type: 'link', deviceId: name, isUp, receivedMs });
    },
    /** A device does the same again and again until an instant. */
    repeat(name: DeviceName, act: string, fromMs: number, untilMs: number, everyMinutes: number) {
      for (let nowMs = fromMs; nowMs < untilMs; nowMs += everyMinutes * minuteMs) this.tell(name, act, nowMs);
    },
    passUntil(untilMs: number) {
      for (;;) {
        const dueMs: number | null = watch === null ? null : watch.dueMs;
        if (dueMs === null || dueMs > untilMs) return;
        turn({ type: 'time', receivedMs: dueMs });
      }
    },
  };
}

function clockOf(atMs: number): string {
  return new Date(atMs + zoneMs).toISOString().slice(8, 16).replace('T', ' ');
}
