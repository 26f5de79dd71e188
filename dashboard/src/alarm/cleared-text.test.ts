import { createInstance } from 'i18next';
import { expect, it } from 'vitest';
import { enEvidence } from '../i18n/en-evidence.ts';
import { clearedText } from './cleared-text.ts';

const texts = createInstance();
await texts.init({ lng: 'en', resources: { en: { translation: enEvidence } } });

it.each([
  ['button.cancelled', undefined],
  ['fall.cleared', undefined],
  ['battery.ok', 'Cleared: battery is well'],
  ['channel.resumed', 'Cleared: channel works again'],
  ['hub.well-again', 'Cleared: the hub is well again'],
  ['something.new', 'Cleared by itself'],
])('%s reads %s', (eventKind, text) => {
  expect(clearedText(texts.t, eventKind)).toBe(text);
});
