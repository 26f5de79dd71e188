import type { Language } from '../i18n/language.ts';

export type Speech = ReturnType<typeof createSpeech>;

/** Reads texts aloud. `synthesis` is `undefined` where the browser cannot. */
export function createSpeech(synthesis: SpeechSynthesis | undefined) {
  return {
    isAvailable: synthesis !== undefined,
    /** What is being said gives way: the newer text is the more urgent one. */
    say: (text: string, language: Language) => {
      if (synthesis === undefined) return;
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.lang = language === 'en' ? 'en-US' : 'zh-CN';
      const short = utterance.lang.slice(0, 2);
      const voice = synthesis.getVoices().find(({ lang }) => lang.replace('_', '-').startsWith(short));
      if (voice !== undefined) utterance.voice = voice;
      synthesis.cancel();
      synthesis.speak(utterance);
    },
    silence: () => synthesis?.cancel(),
  };
}
