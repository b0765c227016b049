import { expect, it } from 'vitest';
import * as z from 'zod';

import { describeIssues } from './describe-issue';

it.each(['A name has letters only.', 'a name has letters only'])('ends "%s" with one full stop', (message) => {
  const schema = z.object({ name: z.string().refine(() => false, { error: message }) });
  const value = { name: '1' };
  const parsed = schema.safeParse(value);
  const [issue] = parsed.success ? [] : describeIssues(parsed.error, { value, schema });
  expect(issue?.sentence).toMatch(/^name cannot be used: .* has letters only\.$/);
});
