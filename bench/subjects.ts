import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { hubFlags } from './npm-start.ts';

export type Subject = {
  name: 'aedes' | 'hub' | 'aedes-journal' | 'mosquitto' | 'mosquitto-autosave';
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

/** In the order in which each round runs them. */
export function findSubjects(): { subjects: readonly Subject[]; mosquitto: string | null } {
  for (const program of ['mosquitto', '/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto']) {
    const { stdout, error } = spawnSync(program, ['-h'], { encoding: 'utf8' });
    if (error) continue;
    const mosquitto = (
      name: Subject['name'],
      title: string,
      acknowledged: string,
      isSavedOnChange: boolean,
    ) => ({
      name,
      title,
      acknowledged,
      file: inSubjects('mosquitto.ts'),
      setting: { program, isSavedOnChange },
      flags: [],
    });
    return {
      subjects: [
        ...alwaysThere,
        mosquitto('mosquitto', 'Mosquitto, its defaults', 'not stored', false),
        mosquitto('mosquitto-autosave', 'Mosquitto, autosave 1', 'stored soon after', true),
      ],
      mosquitto: stdout.split('\n', 1)[0]?.trim() ?? program,
    };
  }
  return { subjects: alwaysThere, mosquitto: null };
}
