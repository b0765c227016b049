import { expect, it } from 'vitest';

import { toErrorInfo } from '../../lib/errors';
import { databaseLost, isConnectionLoss } from './connection-loss';

it('knows a lost database through the error that wraps it', () => {
  const lost = Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' });
  expect(isConnectionLoss(new Error('Failed query', { cause: lost }))).toBe(true);
  expect(isConnectionLoss(new Error('Failed query', { cause: new Error('syntax error') }))).toBe(false);
});

it('tells whoever cannot wait what to look at before they repeat', () => {
  expect(toErrorInfo(databaseLost(new Error('x')))).toMatchObject({
    code: 'lost',
    nextStep: expect.stringContaining('runs list') as string,
  });
});
