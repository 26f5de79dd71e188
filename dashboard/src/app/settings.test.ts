import { describe, expect, it } from 'vitest';
import { createSettingsStore } from './settings.ts';

function remembering(text: string | null) {
  const saved: string[] = [];
  return {
    saved,
    store: createSettingsStore({ getItem: () => text, setItem: (_, value) => saved.push(value) }),
  };
}

describe('the settings of a screen', () => {
  it.each([null, '', '{broken', '[]', '"text"', 'null', '{"theme":"pink","language":"fr","volume":"loud"}'])(
    'begin as they are meant when the browser remembers %s',
    (text) => {
      expect(remembering(text).store.get()).toEqual({
        theme: 'auto',
        language: 'zh-CN',
        volume: 0.8,
        doTechnicalAlarmsSound: true,
      });
    },
  );

  it('never let an alarm be made silent', () => {
    expect(remembering('{"volume":0}').store.get().volume).toBe(0.3);
  });

  it('are remembered when they change', () => {
    const { saved, store } = remembering(null);
    store.change({ theme: 'night' });
    expect(JSON.parse(saved.at(-1)!)).toMatchObject({ theme: 'night', language: 'zh-CN' });
  });
});
