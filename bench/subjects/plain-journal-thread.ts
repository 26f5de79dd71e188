import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

export type PlainEntry = { topic: string; payload: string };
export type FromPlainJournal = { stored: number };

const db = new DatabaseSync((workerData as { file: string }).file);
db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
  CREATE TABLE journal (seq INTEGER PRIMARY KEY, received_at INTEGER, topic TEXT, payload TEXT) STRICT`);
const insert = db.prepare('INSERT INTO journal (received_at, topic, payload) VALUES (?, ?, ?)');
let stored = 0;

parentPort?.on('message', (batch: PlainEntry[]) => {
  const nowMs = Date.now();
  db.exec('BEGIN IMMEDIATE');
  for (const { topic, payload } of batch) insert.run(nowMs, topic, payload);
  db.exec('COMMIT');
  stored += batch.length;
  say({ stored });
});
say({ stored });

function say(message: FromPlainJournal): void {
  parentPort?.postMessage(message);
}
