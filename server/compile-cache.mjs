// Loaded before anything else, in the process and in each of its threads (`node --import`). Types are stripped and code is
// compiled once and not at every start. JavaScript, because loading the type stripper is what it saves.
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'node'));
