import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { installNodeRed } from './node-red/install.ts';
import { hubFlags } from './npm-start.ts';

export type Subject = {
  name: 'aedes' | 'hub' | 'aedes-journal' | 'mosquitto' | 'mosquitto-autosave' | 'node-red';
  title: string;
  /** What a PUBACK of it is worth. */
  acknowledged: string;
  file: string;
  setting: object;
  /** For Node itself. */
  flags: string[];
};

const inSubjects = (file: string): string => join(import.meta.dirname, 'subjects', file);

/** What the others are measured by. */
export const floor: Subject['name'] = 'aedes';

const alwaysThere: readonly Subject[] = [
  {
    name: 'aedes',
    title: 'bare Aedes (the floor)',
    acknowledged: 'not stored',
    file: inSubjects('aedes.ts'),
    setting: { isJournaled: false },
    flags: [],
  },
  {
    name: 'hub',
    title: 'Carebell hub',
    acknowledged: 'fsynced',
    file: inSubjects('hub.ts'),
    setting: {},
    flags: hubFlags(),
  },
  {
    name: 'aedes-journal',
    title: 'Aedes + plain journal',
    acknowledged: 'fsynced',
    file: inSubjects('aedes.ts'),
    setting: { isJournaled: true },
    flags: [],
  },
];

export type Found = {
  subjects: readonly Subject[];
  mosquitto: string | null;
  nodeRed: string | null;
  /** One line of each peer that is not there. */
  leftOut: string[];
};

/** In the order in which each round runs them. What is missing on this machine is left out, and said. */
export function findSubjects(wantsNodeRed: boolean, told: (line: string) => void): Found {
  const found = findMosquitto();
  if (found === undefined) {
    const leftOut = ['Mosquitto is not installed: left out, and Node-RED with it, which needs it'];
    return { subjects: alwaysThere, mosquitto: null, nodeRed: null, leftOut };
  }
  const { program, version } = found;
  const mosquitto = (isSavedOnChange: boolean): Subject => ({
    name: isSavedOnChange ? 'mosquitto-autosave' : 'mosquitto',
    title: isSavedOnChange ? 'Mosquitto, autosave 1' : 'Mosquitto, its defaults',
    acknowledged: isSavedOnChange ? 'stored soon after' : 'not stored',
    file: inSubjects('mosquitto.ts'),
    setting: { program, isSavedOnChange },
    flags: [],
  });
  const subjects = [...alwaysThere, mosquitto(false), mosquitto(true)];
  const installed = wantsNodeRed ? installNodeRed(told) : 'a quick run does without (--node-red)';
  if (typeof installed === 'string')
    return { subjects, mosquitto: version, nodeRed: null, leftOut: [`Node-RED: left out: ${installed}`] };
  const nodeRed: Subject = {
    name: 'node-red',
    title: 'Mosquitto + Node-RED flow',
    acknowledged: 'not stored; a line in a file later, without fsync',
    file: inSubjects('node-red.ts'),
    setting: { program: installed.program, mosquitto: program },
    flags: [],
  };
  return { subjects: [...subjects, nodeRed], mosquitto: version, nodeRed: installed.version, leftOut: [] };
}

function findMosquitto(): { program: string; version: string } | undefined {
  for (const program of ['mosquitto', '/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto']) {
    const { stdout, error } = spawnSync(program, ['-h'], { encoding: 'utf8' });
    if (!error) return { program, version: stdout.split('\n', 1)[0]?.trim() ?? program };
  }
  return undefined;
}
