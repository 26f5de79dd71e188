import { describe, expect, it } from 'vitest';
import { refusalIn } from './camera.ts';

describe('a camera that does not open', () => {
  it.each([
    ['NotAllowedError', 'denied'],
    ['SecurityError', 'denied'],
    ['NotFoundError', 'none'],
    ['OverconstrainedError', 'none'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
  ])('says %s as "%s"', (name, reason) => {
    expect(refusalIn(Object.assign(new Error('x'), { name }))).toBe(reason);
  });
});
