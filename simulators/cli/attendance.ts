import type { Happening, Sent } from '../happenings.ts';
import type { VirtualDevice } from '../virtual-device.ts';
import { exitCodes } from './desk.ts';
import type { Desk, ExitCode } from './desk.ts';
import type { Texts } from './texts.ts';

/**
 * Switches a device on, tells every happening in a line, lets `act` work with it once it is connected, and switches it
 * off. A hub that is out of reach or refuses the first connection ends it at once.
 */
export async function attend(
  device: VirtualDevice,
  hubUrl: string,
  desk: Desk,
  act: () => Promise<ExitCode>,
): Promise<ExitCode> {
  const { texts } = desk;
  const stopTelling = device.observe((happening) => {
    const line = lineFor(happening, texts);
    if (line !== undefined) desk.print(line);
  });
  try {
    const failure = await firstConnection(device, hubUrl, desk);
    if (failure !== undefined) {
      desk.printError(failure);
      return exitCodes.notAccepted;
    }
    return await act();
  } finally {
    stopTelling();
    await device.stop();
  }
}

/** Waits for the PUBACK; says so when none comes in time. */
export async function isAccepted({ delivery }: Sent, limitSeconds: number, desk: Desk): Promise<boolean> {
  const patience = new AbortController();
  const outcome = await Promise.race([
    delivery,
    elapsed(limitSeconds * 1000, desk.interrupted, patience.signal),
  ]);
  patience.abort();
  if (outcome?.isAccepted === true) return true;
  desk.printError(desk.texts.notAccepted(limitSeconds));
  return false;
}

/** Stays with the device until the alarm is closed, the time is over or the person leaves. */
export async function awaitReassurance(device: VirtualDevice, seconds: number, desk: Desk): Promise<void> {
  if (seconds <= 0) return;
  const isClosed = () => device.state().reassurance?.state === 'closed';
  desk.print(desk.texts.waiting(seconds));
  const closed = new AbortController();
  const stopWatching = device.observe(() => {
    if (isClosed()) closed.abort();
  });
  if (!isClosed()) await elapsed(seconds * 1000, desk.interrupted, closed.signal);
  stopWatching();
  if (device.state().reassurance === null) desk.print(desk.texts.noReassurance);
}

/** Resolves after the time, or as soon as one of the signals says that nobody waits any more. */
export function elapsed(ms: number, ...signals: AbortSignal[]): Promise<undefined> {
  return new Promise((resolve) => {
    const any = AbortSignal.any(signals);
    const end = () => {
      clearTimeout(timer);
      any.removeEventListener('abort', end);
      resolve(undefined);
    };
    const timer = setTimeout(end, ms);
    if (any.aborted) end();
    else any.addEventListener('abort', end);
  });
}

function firstConnection(device: VirtualDevice, hubUrl: string, desk: Desk): Promise<string | undefined> {
  return new Promise((resolve) => {
    const stopWatching = device.observe((happening) => {
      if (happening.type !== 'connected' && happening.type !== 'disconnected') return;
      stopWatching();
      resolve(happening.type === 'connected' ? undefined : failureLine(happening, hubUrl, desk.texts));
    });
    device.start();
  });
}

function failureLine(
  { end }: Extract<Happening, { type: 'disconnected' }>,
  hubUrl: string,
  texts: Texts,
): string {
  if (end.reason === 'refused') return texts.refused(end.code);
  return texts.unreachable(hubUrl, end.reason === 'unreachable' ? end.code : 'closed');
}

function lineFor(happening: Happening, texts: Texts): string | undefined {
  switch (happening.type) {
    case 'connected':
      return texts.connected;
    case 'disconnected':
      return happening.end.reason === 'lost'
        ? texts.lost((happening.retryInMs / 1000).toFixed(1))
        : undefined;
    case 'sent':
      return texts.sent(happening.kind, happening.id, happening.transmission);
    case 'accepted':
      return texts.accepted(happening.pubackMs.toFixed(1));
    case 'reassured':
      return texts.reassured(happening.state);
    case 'identified':
      return texts.identified;
    default:
      return undefined;
  }
}
