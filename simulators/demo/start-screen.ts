import { buildTopic } from '@carebell/contracts/topics.ts';
import type { Accounts } from '../accounts.ts';
import type { DemoTexts } from './texts.ts';

export type Screen = {
  accounts: Accounts;
  accountsPath: string;
  httpPort: number;
  mqttPort: number;
  isQuiet: boolean;
};

/** What the demo says when it is ready: where to look, how to log in, how to press a button, how to stop. */
export function startScreen(
  { accounts, accountsPath, httpPort, mqttPort, isQuiet }: Screen,
  texts: DemoTexts,
): string[] {
  const simulate = [
    'npm run simulate -- press',
    ...(mqttPort === 1883 ? [] : [`--hub mqtt://127.0.0.1:${mqttPort}`]),
    ...(accountsPath === 'data/demo-accounts.json' ? [] : [`--accounts ${accountsPath}`]),
  ].join(' ');
  const button = accounts.devices.find(({ type }) => type === 'button');
  const longestName = Math.max(...accounts.users.map(({ name }) => name.length));
  const logIns = accounts.users.map(({ name, password, role, station }) =>
    [
      name.padEnd(longestName),
      password,
      [texts.roles[role], station].filter((part) => part !== null).join(' · '),
    ].join('   '),
  );
  return [
    '',
    texts.title,
    '',
    ...block(texts.open, [`http://127.0.0.1:${httpPort}`]),
    ...block(texts.logIns, logIns),
    ...block(texts.tryIt, [
      `${simulate}   (${texts.pressByCommand})`,
      ...(button === undefined ? [] : [mosquittoLine(button, mqttPort)]),
    ]),
    ...block(texts.accounts, [`${accountsPath}   (${texts.accountsNote})`]),
    ...block(texts.stop, [texts.stopNote]),
    isQuiet ? texts.quiet : texts.living,
    '',
  ];
}

/** The event identifier is the second of the press: a repeated identifier would be taken for a repetition. */
function mosquittoLine({ id, secret }: { id: string; secret: string }, port: number): string {
  const topic = buildTopic({ of: 'device', deviceId: id, kind: 'event' });
  const event = JSON.stringify({
    id: 'hand-$(date +%s)',
    kind: 'button.pressed',
    data: { key: 'help', press: 'short' },
  });
  const message = event.replaceAll('"', '\\"');
  return `mosquitto_pub -p ${port} -i ${id} -u ${id} -P ${secret} -q 1 -t ${topic} -m "${message}"`;
}

function block(title: string, lines: string[]): string[] {
  return [title, ...lines.map((line) => `  ${line}`), ''];
}
