import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { SettingsStore } from '../app/settings.ts';
import { patternLastsMs, speak } from './alarm-voice.ts';
import type { SoundPattern } from './sound-plan.ts';
import { arrivalPattern, lastingPattern } from './sound-plan.ts';

export type SoundView = {
  /** The browser lets this page make no sound before a person has touched it. */
  isBlocked: boolean;
  hushedUntil: number | undefined;
  /** The chosen loudspeaker is gone or refused; the usual one sounds instead. */
  isOutputRefused: boolean;
  /** The sound check stands open. */
  isChecking: boolean;
};

/** Not every browser lets a page choose the loudspeaker. */
type WithOutput = AudioContext & { setSinkId?: (id: string) => Promise<void> };

/** What the sound follows: the alarms, and since when this screen has not heard the hub. */
export type Situation = { alarms: ReadonlyMap<string, AlarmView>; feedLostSince: number | undefined };

export type AlarmSound = ReturnType<typeof createAlarmSound>;

const hushMs = 60_000;
const lookEveryMs = 500;
const silence: Situation = { alarms: new Map(), feedLostSince: undefined };

/** The sound of this screen. `createContext` answers `undefined` where the browser has no Web Audio. */
export function createAlarmSound(deps: {
  createContext: () => AudioContext | undefined;
  settings: SettingsStore;
  now: () => number;
}) {
  const context: WithOutput | undefined = deps.createContext();
  let situation = silence;
  let current: SoundView = {
    isBlocked: context?.state !== 'running',
    hushedUntil: undefined,
    isOutputRefused: false,
    isChecking: false,
  };
  let outputId = '';
  let playedAt = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const listeners = new Set<() => void>();

  function show(change: Partial<SoundView>) {
    current = { ...current, ...change };
    for (const listener of listeners) listener();
  }

  function play(pattern: SoundPattern) {
    if (context === undefined || context.state !== 'running') return;
    playedAt = deps.now();
    speak(context, pattern, deps.settings.get());
  }

  function look() {
    const now = deps.now();
    if (current.hushedUntil !== undefined) {
      if (now < current.hushedUntil) return;
      show({ hushedUntil: undefined });
    }
    const { alarms, feedLostSince } = situation;
    const lasting = lastingPattern(
      alarms.values(),
      feedLostSince === undefined ? undefined : now - feedLostSince,
    );
    if (lasting !== undefined && now - playedAt >= lasting.everyMs) play(lasting.pattern);
  }

  async function takeOutput() {
    const wished = deps.settings.get().outputId;
    if (wished === outputId || context?.setSinkId === undefined) return;
    outputId = wished;
    try {
      await context.setSinkId(wished);
      show({ isOutputRefused: false });
    } catch {
      show({ isOutputRefused: true });
      await context.setSinkId('');
    }
  }

  void takeOutput();
  deps.settings.subscribe(() => void takeOutput());
  context?.addEventListener('statechange', () => show({ isBlocked: context.state !== 'running' }));

  return {
    view: () => current,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    /** To be called from a person's key press or click: only then may a page begin to sound. */
    unlock: async () => {
      if (context === undefined) return false;
      if (context.state !== 'running') await context.resume();
      return context.state === 'running';
    },
    /** A new alarm ends a hush: it was meant for those already known. */
    attend: (next: Situation) => {
      const arrival = arrivalPattern(situation.alarms, next.alarms);
      situation = next;
      timer ??= setInterval(look, lookEveryMs);
      if (arrival === undefined) {
        look();
        return;
      }
      if (arrival === 'technical' && !deps.settings.get().doTechnicalAlarmsSound) return;
      const isGrave = arrival === 'emergency' || arrival === 'urgent';
      if (current.hushedUntil !== undefined && !isGrave) return;
      if (current.hushedUntil !== undefined) show({ hushedUntil: undefined });
      if (isGrave || deps.now() - playedAt > patternLastsMs) play(arrival);
    },
    /** Nobody is logged in: nothing more to sound for. */
    rest: () => {
      clearInterval(timer);
      timer = undefined;
      situation = silence;
    },
    toggleHush: () =>
      show({ hushedUntil: current.hushedUntil === undefined ? deps.now() + hushMs : undefined }),
    play,
    check: (isChecking: boolean) => show({ isChecking }),
    canChooseOutput: context?.setSinkId !== undefined,
  };
}
