import { expect, test } from '../fixtures';

test('without a registered model the screen says how one comes to be, and leads there', async ({ page, studio }) => {
  expect(JSON.parse(await studio.cli('models', 'list', '--json'))).toEqual({ models: [] });
  await page.goto('/');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Models' }).click();
  await expect(page.getByText('No models yet')).toBeVisible();
  await page.getByRole('link', { name: 'Choose a pipeline' }).click();
  await expect(page).toHaveURL(/\/pipelines$/);
});

test('a model that there is not is told in words', async ({ page }) => {
  await page.goto('/models/model_0000000000000000');
  await expect(page.getByText('There is no registered model')).toBeVisible();
});
