import { setTimeout as pause } from 'node:timers/promises';
import { alarmViewSchema } from '@carebell/contracts/alarm-view.ts';
import type { Disposition } from '@carebell/contracts/dispositions.ts';
import { pageOf } from '@carebell/contracts/http-api.ts';
import { z } from 'zod';
import type { DeviceAccount } from '../../accounts.ts';
import { compose } from '../../compose.ts';
import { between, seededRandom, waitingTime } from '../../random.ts';
import type { ApiClient } from '../api-client.ts';

export type AnsweredCalls = {
  hubUrl: string;
  seed: string;
  accounts: readonly DeviceAccount[];
  /** Somebody who may answer the calls of every station. */
  operator: ApiClient;
  interrupted: AbortSignal;
};

const calls = 9;
const dispositions: Disposition[] = ['helped-by-phone', 'helped-on-site', 'false-alarm'];
const alarmPage = pageOf(alarmViewSchema);

/** A few calls of now, each answered and closed within seconds, so that there are times of response to look at. */
export async function answerCalls({ hubUrl, seed, accounts, operator, interrupted }: AnsweredCalls) {
  const simulators = compose({ hubUrl, seed });
  const buttons = accounts.filter(({ type }) => type === 'button' || type === 'terminal');
  const callers = Array.from({ length: calls }, (_, index) => buttons.at((index * 5) % buttons.length));
  await Promise.all(
    callers.map(async (account, index) => {
      if (account === undefined) return;
      const random = seededRandom(`${seed}:answer:${account.id}`);
      const button = simulators.button(account);
      button.start();
      await pause(index * 400);
      if (interrupted.aborted) return;
      await button.press().delivery;
      const path = `/alarms?phase=open&deviceId=${account.id}`;
      const [alarm] = (await operator.get(path, alarmPage)).items;
      if (alarm === undefined) return;
      await pause(Math.min(9_000, between(random, 600, 1_500) + waitingTime(random, 1_200)));
      await operator.post(`/alarms/${alarm.id}/acknowledge`, {}, z.unknown());
      await pause(between(random, 1_500, 6_000));
      const disposition = dispositions[index % dispositions.length];
      await operator.post(
        `/alarms/${alarm.id}/close`,
        { disposition, proof: 'voice-contact', note: '演示' },
        z.unknown(),
      );
    }),
  );
  await simulators.stop();
}
