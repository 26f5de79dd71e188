/**
 * Which alarms this screen has painted, and which of them the hub has confirmed. A key is confirmed once; what was
 * under way when the connection broke is sent again.
 */
export type DisplayLedger = {
  waiting: ReadonlySet<string>;
  underWay: readonly string[];
  confirmed: ReadonlySet<string>;
};

/** The hub takes no more in one message. */
const largestBatch = 200;

export const emptyLedger: DisplayLedger = { waiting: new Set(), underWay: [], confirmed: new Set() };

export function notePainted(ledger: DisplayLedger, alarmId: string): DisplayLedger {
  if (ledger.confirmed.has(alarmId) || ledger.waiting.has(alarmId) || ledger.underWay.includes(alarmId))
    return ledger;
  return { ...ledger, waiting: new Set(ledger.waiting).add(alarmId) };
}

/** Takes the next message; `undefined` while one is under way or nothing waits. */
export function takeBatch(ledger: DisplayLedger): { batch: string[]; ledger: DisplayLedger } | undefined {
  if (ledger.underWay.length > 0 || ledger.waiting.size === 0) return undefined;
  const batch = [...ledger.waiting].slice(0, largestBatch);
  const waiting = new Set([...ledger.waiting].slice(batch.length));
  return { batch, ledger: { ...ledger, waiting, underWay: batch } };
}

export function noteAnswered(ledger: DisplayLedger): DisplayLedger {
  return {
    waiting: ledger.waiting,
    underWay: [],
    confirmed: new Set([...ledger.confirmed, ...ledger.underWay]),
  };
}

/** No answer came: the batch waits again, ahead of newer ones. */
export function noteUnanswered(ledger: DisplayLedger): DisplayLedger {
  return { ...ledger, waiting: new Set([...ledger.underWay, ...ledger.waiting]), underWay: [] };
}

/** To be told again: an alarm that was not stored and now is, or that was lifted to a graver kind; or it ended. */
export function forget(ledger: DisplayLedger, alarmId: string): DisplayLedger {
  const waiting = new Set(ledger.waiting);
  const confirmed = new Set(ledger.confirmed);
  const wasKnown = [waiting.delete(alarmId), confirmed.delete(alarmId)].includes(true);
  return wasKnown ? { ...ledger, waiting, confirmed } : ledger;
}
