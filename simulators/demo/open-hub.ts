import type { Accounts } from '../accounts.ts';
import { writeAccounts } from '../accounts.ts';
import { ApiProblem, logIn } from './api-client.ts';
import type { Community } from './community.ts';
import { startHub } from './hub-process.ts';
import type { HubExit, HubProcess } from './hub-process.ts';
import { isSeeded, seedCommunity } from './seed-community.ts';
import type { DemoTexts } from './texts.ts';

export type OpenedHub = { ok: true; hub: HubProcess } | { ok: false; exitCode: 0 | 2 };

export type HubOpening = {
  httpUrl: string;
  env: NodeJS.ProcessEnv;
  community: Community;
  accounts: Accounts;
  accountsPath: string;
  adminName: string;
  texts: DemoTexts;
  print: (line: string) => void;
  refuse: (line: string) => 2;
  interrupted: AbortSignal;
};

/** Starts the hub and enters what is missing of the community. */
export async function openSeededHub(opening: HubOpening): Promise<OpenedHub> {
  const { httpUrl, env, community, accounts, accountsPath, adminName, texts, print, refuse } = opening;
  print(texts.starting);
  const hub = startHub(httpUrl, env);
  const readiness = await Promise.race([hub.ready(), whenAborted(opening.interrupted)]);
  if (readiness !== 'ready') {
    await hub.stop();
    if (readiness === 'interrupted') return { ok: false, exitCode: 0 };
    const line = readiness === 'overdue' ? texts.notReady : texts.hubEnded(inWords(readiness));
    return { ok: false, exitCode: refuse(line) };
  }
  const passwordOf = (name: string) => accounts.users.find((user) => user.name === name)?.password ?? '';
  try {
    const api = await logIn(httpUrl, { name: adminName, password: passwordOf(adminName) });
    if (!(await isSeeded(api, community, accounts.devices))) {
      print(texts.seeding);
      accounts.devices = await seedCommunity(api, community, passwordOf, accounts.devices);
      await writeAccounts(accountsPath, accounts);
    }
  } catch (error) {
    await hub.stop();
    if (error instanceof ApiProblem) return { ok: false, exitCode: refuse(texts.apiProblem(error.message)) };
    throw error;
  }
  return { ok: true, hub };
}

export function whenAborted(signal: AbortSignal): Promise<'interrupted'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('interrupted');
    else signal.addEventListener('abort', () => resolve('interrupted'), { once: true });
  });
}

export function inWords({ code, signal }: HubExit): string {
  return signal ?? `exit ${code ?? '?'}`;
}
