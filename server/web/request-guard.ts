/**
 * Who may speak to the web process: a browser page of this very address, nobody else. A page of another site can make a
 * browser send requests to localhost, and can even point a name of its own at 127.0.0.1 (DNS rebinding), so both the
 * `Host` that a request asks for and the `Origin` it comes from are compared with the address we listen on.
 */

/** The parts of a request that decide. Header names in lower case, as Node gives them. */
export type GuardedRequest = {
  readonly method: string;
  readonly headers: {
    readonly host?: string | undefined;
    readonly origin?: string | undefined;
  };
};

/** A refusal: HTTP status and the sentence that goes back. */
export type Refusal = { readonly status: 403 | 421; readonly message: string };

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The refusal of a request, or undefined when it may pass. `port` is the one we listen on. */
export function refuseRequest(request: GuardedRequest, port: number): Refusal | undefined {
  const host = request.headers.host?.toLowerCase();
  if (host === undefined || !LOOPBACK_NAMES.some((name) => host === `${name}:${port}`)) {
    return { status: 421, message: `Sluice answers at http://localhost:${port} only.` };
  }
  const { origin } = request.headers;
  if (origin !== undefined ? origin.toLowerCase() !== `http://${host}` : !SAFE_METHODS.has(request.method)) {
    return { status: 403, message: 'Sluice takes changes only from its own pages.' };
  }
  return undefined;
}
