import type { WithTexts } from './texts.ts';
import type { zhCNSecondFactor } from './zh-CN-second-factor.ts';

export const enSecondFactor: WithTexts<typeof zhCNSecondFactor> = {
  secondFactor: {
    title: 'Log-in with a code',
    hint: 'Beside the password the hub asks for a code of an authenticator app on your phone. The app needs no network.',
    off: 'Only your password is asked for.',
    first: 'Your role logs in with a code. Set it up now; nothing else is open before.',
    required: 'Your role logs in with a code: it cannot be switched off.',
    on: 'On since {{time}}',
    left: 'Recovery codes left: {{n}}',
    fewLeft: 'Recovery codes left: {{n}}. Switch it off and on again to get ten new ones.',
    password: 'Your password',
    code: 'Code of the app',
    codeOrRecovery: 'Code of the app, or a recovery code',
    begin: 'Set up',
    scan: 'Scan this with the app (any that knows TOTP), or type the secret.',
    picture: 'QR code for the authenticator app',
    secret: 'Secret',
    openApp: 'The app is on this device',
    confirm: 'Confirm',
    cancel: 'Cancel',
    done: 'The hub asks for a code from now on',
    codesTitle: 'Recovery codes, shown only this once',
    codesText:
      'Each opens the log-in once when the phone is not at hand. Write them down or copy them, and keep them apart from the phone.',
    copy: 'Copy',
    copied: 'Copied',
    selectToCopy: 'Marked: press Ctrl+C',
    kept: 'I have kept them',
    switchOff: 'Switch off',
    switchedOff: 'Only the password is asked for from now on',
    missing: 'Fill in what is empty',
    of: 'Is asked for a code when logging in',
    tab: 'Log-in with a code',
    resetHint:
      'For somebody who has lost phone and recovery codes. Make sure that it is they who ask. Their sessions end, they log in by password alone, and it is on record.',
    reset: 'Take it away',
    resetTitle: 'Take log-in with a code away from {{person}}?',
    resetDone: 'Taken away: {{person}} logs in by password alone',
  },
};
