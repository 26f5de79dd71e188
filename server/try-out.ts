import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose, readConfig } from './compose.ts';

/**
 * Starts a whole hub on free ports of 127.0.0.1 and a data directory of its own, stops it and leaves nothing behind: does
 * this installation work? What it loads stays compiled for the first real start. Throws what a start throws.
 */
export async function tryOut(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'carebell-try-'));
  try {
    const hub = await compose(
      readConfig({
        CAREBELL_DATA_DIR: dataDir,
        CAREBELL_HTTP_PORT: '0',
        CAREBELL_MQTT_PORT: '0',
        CAREBELL_LOG_LEVEL: 'error',
      }),
    );
    try {
      await hub.start();
    } finally {
      await hub.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true });
  }
}
