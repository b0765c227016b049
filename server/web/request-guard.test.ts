import { describe, expect, it } from 'vitest';

import { refuseRequest } from './request-guard';

const PORT = 4400;
const refuse = (method: string, headers: Parameters<typeof refuseRequest>[0]['headers']) =>
  refuseRequest({ method, headers }, PORT)?.status;

describe('refuseRequest', () => {
  it.each(['localhost:4400', '127.0.0.1:4400', '[::1]:4400', 'LOCALHOST:4400'])('lets %s read', (host) => {
    expect(refuse('GET', { host })).toBeUndefined();
  });

  it.each([
    undefined,
    'localhost',
    'localhost:4401',
    'evil.example:4400',
    '127.0.0.1.evil.example:4400',
    '0.0.0.0:4400',
  ])('refuses the host %s', (host) => {
    expect(refuse('GET', { host })).toBe(421);
  });

  it('lets our own page change something', () => {
    expect(refuse('POST', { host: 'localhost:4400', origin: 'http://localhost:4400' })).toBeUndefined();
  });

  it.each([
    undefined,
    'null',
    'http://evil.example',
    'http://127.0.0.1:4400',
    'https://localhost:4400',
    'http://localhost:4401',
  ])('refuses a change from the origin %s', (origin) => {
    expect(refuse('POST', { host: 'localhost:4400', origin })).toBe(403);
  });

  it('refuses to be read by a page of another origin', () => {
    expect(refuse('GET', { host: 'localhost:4400', origin: 'http://evil.example' })).toBe(403);
  });
});
