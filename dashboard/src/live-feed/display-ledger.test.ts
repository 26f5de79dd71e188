import { describe, expect, it } from 'vitest';
import type { DisplayLedger } from './display-ledger.ts';
import {
  emptyLedger,
  forget,
  noteAnswered,
  notePainted,
  noteUnanswered,
  takeBatch,
} from './display-ledger.ts';

function painted(...ids: string[]): DisplayLedger {
  return ids.reduce(notePainted, emptyLedger);
}

describe('the ledger of displayed alarms', () => {
  it('sends what was painted in one message, once', () => {
    const sent = takeBatch(painted('a', 'b', 'a'));
    expect(sent?.batch).toEqual(['a', 'b']);
    expect(takeBatch(sent!.ledger)).toBeUndefined();
    expect(takeBatch(notePainted(noteAnswered(sent!.ledger), 'a'))).toBeUndefined();
  });

  it('sends again what got no answer, together with what came since', () => {
    const sent = takeBatch(painted('a'))!;
    const waiting = notePainted(notePainted(sent.ledger, 'a'), 'b');
    expect(takeBatch(noteUnanswered(waiting))?.batch).toEqual(['a', 'b']);
  });

  it('sends no more than the hub takes in one message', () => {
    const many = Array.from({ length: 450 }, (_, index) => `a${index}`);
    const first = takeBatch(painted(...many))!;
    const second = takeBatch(noteAnswered(first.ledger))!;
    const third = takeBatch(noteAnswered(second.ledger))!;
    expect([first, second, third].map(({ batch }) => batch.length)).toEqual([200, 200, 50]);
  });

  it('tells an alarm again that was forgotten because it changed its kind or was stored after all', () => {
    const confirmed = noteAnswered(takeBatch(painted('a'))!.ledger);
    expect(takeBatch(notePainted(forget(confirmed, 'a'), 'a'))?.batch).toEqual(['a']);
  });
});
