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
        typeSize: 'normal',
        language: 'zh-CN',
        startPage: '/',
        volume: 0.8,
        voice: 'bright',
        doTechnicalAlarmsSound: true,
        doesSpeak: false,
        doesNotify: false,
        outputId: '',
        heardAt: 0,
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

  it('are kept apart for each person, who begins with those of the screen and has not heard it yet', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => void kept.set(key, text),
    };
    const store = createSettingsStore(storage);
    store.change({ language: 'en', heardAt: 5 });
    store.openFor('wang');
    expect(store.get()).toMatchObject({ language: 'en', heardAt: 0 });
    store.change({ typeSize: 'large', heardAt: 9 });
    store.openFor('chen');
    store.change({ typeSize: 'normal', language: 'zh-CN' });
    store.openFor('wang');
    expect(store.get()).toMatchObject({ language: 'en', typeSize: 'large', heardAt: 9 });
  });
});
