import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startFauxqs as start } from 'fauxqs';
import { claimPort, portError } from './ports.ts';

/** SQS and S3 on one endpoint, in this process. */
export interface LocalFauxqs {
  readonly endpoint: string;
  readonly port: number;
  /** Where S3 keeps its objects, when they are kept in files: `buckets/<bucket>/objects/<key>.data`. */
  readonly objectsDir?: string;
  stop(): Promise<void>;
}

/**
 * Starts fauxqs with queues and objects in memory, or in `dataDir` (queues and their messages in SQLite, objects as
 * files), where the next start finds them again. `objectsDir` has the objects as files there, whatever else is kept. A queue's URL holds the port of the process that created it: take the
 * name from it and nothing else. It listens on all interfaces (it knows no other way). Throws one sentence for a person
 * when the port is taken.
 */
export async function startFauxqs(
  options: { dataDir?: string; objectsDir?: string; port?: number } = {},
): Promise<LocalFauxqs> {
  const port = await claimPort('The local SQS and S3', options.port);
  const objectsDir = options.objectsDir ?? (options.dataDir && join(options.dataDir, 's3'));
  if (options.dataDir) mkdirSync(options.dataDir, { recursive: true });
  try {
    const server = await start({ port, logger: false, dataDir: options.dataDir, s3StorageDir: objectsDir });
    return { endpoint: `http://127.0.0.1:${server.port}`, port: server.port, objectsDir, stop: () => server.stop() };
  } catch (error) {
    throw portError('The local SQS and S3', port, error);
  }
}
