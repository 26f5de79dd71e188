import { parentPort, workerData } from 'node:worker_threads';
import { readDeviceMapFile } from './device-map-file.ts';

// A megabyte of YAML takes half a second and more to parse; in a thread of its own it holds up no press.
parentPort?.postMessage(readDeviceMapFile(String(workerData)));
