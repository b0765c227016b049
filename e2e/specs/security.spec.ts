import { request as httpRequest } from 'node:http';

import { expect, test } from '../fixtures';

type Answer = { readonly status: number; readonly headers: NodeJS.Dict<string | string[]> };

/** A request with the headers of an attacker's choice, which a browser's fetch would not let through. */
function ask(
  port: number,
  path: string,
  options: { readonly method?: string; readonly headers: Record<string, string> },
) {
  return new Promise<Answer>((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port, path, ...options }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
    });
    sent.on('error', reject);
    sent.end(options.method === 'POST' ? '{}' : undefined);
  });
}

test('a name that somebody pointed at this machine is refused', async ({ studio }) => {
  const host = `evil.example:${studio.port}`;
  expect((await ask(studio.port, '/', { headers: { host } })).status).toBe(421);
  expect((await ask(studio.port, '/api/health', { headers: { host } })).status).toBe(421);
});

test('another site cannot start, cancel or read anything', async ({ studio }) => {
  const host = `localhost:${studio.port}`;
  const json = { 'content-type': 'application/json' };
  for (const origin of ['http://evil.example', 'null', `http://127.0.0.1:${studio.port}`]) {
    const headers = { host, origin, ...json };
    expect((await ask(studio.port, '/api/trpc/runs.start', { method: 'POST', headers })).status).toBe(403);
    expect((await ask(studio.port, '/api/trpc/pipelines.list', { headers })).status).toBe(403);
  }
  const withoutOrigin = { method: 'POST', headers: { host, ...json } };
  expect((await ask(studio.port, '/api/trpc/runs.start', withoutOrigin)).status).toBe(403);
});

test('every page has a policy with a nonce of its own', async ({ studio }) => {
  const headers = { host: `localhost:${studio.port}` };
  const policies = await Promise.all(
    ['/', '/', '/runs', '/nowhere'].map(async (path) =>
      String((await ask(studio.port, path, { headers })).headers['content-security-policy']),
    ),
  );
  for (const policy of policies) {
    expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{24}' 'strict-dynamic' 'wasm-unsafe-eval';/);
    expect(policy).toContain("frame-ancestors 'none'");
    // WebAssembly is compiled, text is never evaluated and no style or script of the page's own is let in.
    expect(policy).not.toMatch(/'unsafe-/);
  }
  expect(new Set(policies).size).toBe(policies.length);
});

test('a script that finds its way into a page does not run', async ({ browser, studio }) => {
  // Its refusals reach the console, as they should: a context whose console nobody watches.
  const context = await browser.newContext({ baseURL: studio.url });
  const page = await context.newPage();
  await page.goto('/runs');
  await expect(page.getByRole('table', { name: 'Runs' })).toBeVisible();
  const refused = await page.evaluate(async () => {
    const blocked: string[] = [];
    const seen = new Promise<void>((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => {
        blocked.push(event.effectiveDirective);
        if (blocked.length === 2) resolve();
      });
    });
    const holder = document.createElement('div');
    holder.innerHTML = '<img src="data:," onerror="document.title = \'broken\'">';
    document.body.append(holder);
    const frame = document.createElement('iframe');
    frame.src = 'https://evil.example/';
    document.body.append(frame);
    await seen;
    return { blocked: blocked.sort(), title: document.title };
  });
  expect(refused.blocked).toEqual(['frame-src', 'script-src-attr']);
  expect(refused.title).not.toBe('broken');
  await context.close();
});
