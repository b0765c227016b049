import * as z from 'zod';

import { expect, test } from '../fixtures';

const zListed = z.object({ models: z.array(z.object({ name: z.string() })) });

test('the model that the sample pushed is registered, and tells where it came from', async ({ page, studio }) => {
  await page.goto('/');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Models' }).click();
  // The sample's first run may still train.
  const row = page.getByRole('table', { name: 'Registered models' }).getByRole('row', { name: /Bird strikes/ });
  await expect(row).toContainText('v1', { timeout: 60_000 });
  const { models } = zListed.parse(JSON.parse(await studio.cli('models', 'list', '--json')));
  expect(models.map(({ name }) => name)).toContain('Bird strikes');
  await row.getByRole('link').click();
  await expect(page).toHaveURL(/\/models\/model_/);
  await expect(page.getByText(/^run 1, \d+ steps from the data to the push$/)).toBeVisible();
});

test('a model that there is not is told in words', async ({ page }) => {
  await page.goto('/models/model_0000000000000000');
  await expect(page.getByText('There is no registered model')).toBeVisible();
});
