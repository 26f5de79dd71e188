/** The 24-bit code of an EV1527 transmitter: the same house heard by two receivers sends the same codes. */
export type Code = number;

/** Key bits of a call button, and those of Kerui's sensors (rtl_433, kerui.c). */
const keys = {
  press: 0x4,
  'door-open': 0xe,
  'door-close': 0x7,
  motion: 0xa,
  tamper: 0xb,
  'battery-low': 0xf,
} as const;
export type CodeAct = keyof typeof keys;

export function hasCode(act: string): act is CodeAct {
  return Object.hasOwn(keys, act);
}

/** Buttons, door and motion sensors have identifiers of their own; a tampered or weak one is the door sensor. */
export function codeOf(act: CodeAct, sender: number): Code {
  const family = act === 'press' ? 0xa1000 : act === 'motion' ? 0xc3000 : 0xb2000;
  return ((family + (sender & 0xfff)) << 4) | keys[act];
}
