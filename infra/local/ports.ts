import { createServer } from 'node:net';

/** Listens on a port of every interface for a moment and returns the port it got; 0 asks the system for a free one. */
function probe(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}

/**
 * Returns `port`, or a free one when none is asked for. Throws one sentence for a person when the port cannot be had;
 * `what` begins it.
 */
export async function claimPort(what: string, port?: number): Promise<number> {
  try {
    return await probe(port ?? 0);
  } catch (error) {
    throw portError(what, port, error);
  }
}

/** The sentence a person reads when a port cannot be listened on; any other error is returned as it is. */
export function portError(what: string, port: number | undefined, error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new Error(
      `${what} cannot start: port ${port} is in use by another process; stop that process or choose another port.`,
    );
  }
  if (code === 'EACCES') {
    return new Error(`${what} cannot start: this user may not listen on port ${port}; choose a port above 1023.`);
  }
  return error instanceof Error ? error : new Error(String(error));
}
