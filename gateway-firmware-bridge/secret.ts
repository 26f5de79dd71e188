import { readFileSync, statSync } from 'node:fs';

export type SecretSources = {
  /** `--secret-file` */
  flagPath: string | undefined;
  environment: Readonly<Record<string, string | undefined>>;
  /** `hub.secret` or `hub.secretFile` of the configuration file. */
  inFile: { secret?: unknown; secretFile?: unknown };
  /** The configuration file itself. */
  file: string | undefined;
};
export type FoundSecret = { ok: true; value: string } | { ok: false; problems: string[] };

export const secretVariables = ['CAREBELL_BRIDGE_SECRET', 'CAREBELL_BRIDGE_SECRET_FILE'] as const;

/** Never from the command line, which every user of the machine can read: flag with a file, environment, configuration. */
export function findSecret({ flagPath, environment, inFile, file }: SecretSources): FoundSecret {
  const [variable, fileVariable] = secretVariables.map((name) => environment[name] || undefined);
  if (flagPath !== undefined) return secretIn(flagPath, '--secret-file');
  if (variable !== undefined) return { ok: true, value: variable };
  if (fileVariable !== undefined) return secretIn(fileVariable, secretVariables[1]);
  if (typeof inFile.secretFile === 'string') return secretIn(inFile.secretFile, 'hub.secretFile');
  if (typeof inFile.secret === 'string' && file !== undefined) {
    const exposure = exposureOf(file);
    return exposure === null
      ? { ok: true, value: inFile.secret }
      : { ok: false, problems: [`${file}: holds the secret and ${exposure}`] };
  }
  return {
    ok: false,
    problems: [`the gateway's secret is missing; set ${secretVariables[0]} or name a file by --secret-file`],
  };
}

function secretIn(path: string, source: string): FoundSecret {
  const problem = (what: string): FoundSecret => ({ ok: false, problems: [`${source}: ${path} ${what}`] });
  try {
    const exposure = exposureOf(path);
    if (exposure !== null) return problem(exposure);
    const value = readFileSync(path, 'utf8').trim();
    return value === '' ? problem('is empty') : { ok: true, value };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return problem(error.code === 'ENOENT' ? 'does not exist' : `cannot be read (${String(error.code)})`);
  }
}

/** Only the owner may read it; its group too if the file is root's, as service managers hand over credentials. */
function exposureOf(path: string): string | null {
  if (process.platform === 'win32') return null;
  const { mode, uid } = statSync(path);
  const forbidden = uid === 0 ? 0o027 : 0o077;
  if ((mode & forbidden) === 0) return null;
  return `may be read by other users (mode ${(mode & 0o777).toString(8)}); run chmod 600 ${path}`;
}
