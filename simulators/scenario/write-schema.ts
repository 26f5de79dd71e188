import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scenarioJsonSchema } from './scenario-schema.ts';

const path = join(import.meta.dirname, '..', 'scenarios', 'scenario.schema.json');
writeFileSync(path, `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
