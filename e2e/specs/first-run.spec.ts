import { expect, test } from '../fixtures';
import { nodeCard, runFact } from '../pages/run-page';

test('the sample has run by itself and can be looked into', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('region', { name: /^Run \d+ of/ })).toBeVisible();
  await page.getByRole('link', { name: 'Run 1 of Bird strikes' }).click();
  await expect(runFact(page, 'State')).toHaveText('Complete');
  await expect(nodeCard(page, 'examples')).toContainText('10,000 rows × 11 columns');
  await expect(nodeCard(page, 'statistics')).toContainText('11 features');
  await expect(runFact(page, 'Started by')).toContainText('first start');

  await nodeCard(page, 'examples').click();
  const panel = page.getByRole('complementary', { name: 'Node examples' });
  await expect(panel.getByRole('columnheader', { name: 'Airport Name' })).toBeVisible();
  await expect(panel.getByText('1–10 of')).toBeVisible();
  await panel.getByRole('button', { name: 'Rows after' }).click();
  await expect(panel.getByText('11–20 of')).toBeVisible();

  await nodeCard(page, 'statistics').click();
  const figures = page.getByRole('complementary', { name: 'Node statistics' });
  await expect(figures.getByRole('row', { name: 'Speed IAS in knots' })).toContainText('median');
});

test('the events of a node leave out the progress that is past, until it is asked for', async ({ page }) => {
  await page.goto('/runs');
  await page.getByRole('link', { name: 'Run 1 of Bird strikes' }).click();
  await page.getByRole('tab', { name: 'Events' }).click();
  const lines = page.locator('[data-seq]');
  await expect(lines.last()).toContainText('Run ended: complete');
  const brief = await lines.count();
  const choice = page.getByLabel(/^Show \d+ earlier reports? of progress$/);
  const passed = Number(/\d+/.exec((await choice.locator('..').textContent()) ?? '')?.[0]);
  await choice.check();
  await expect(lines).toHaveCount(brief + passed);
});

test('an unchanged pipeline is reused, as its plan said', async ({ page }) => {
  await page.goto('/pipelines');
  await page.getByRole('row', { name: 'Bird strikes' }).getByRole('button', { name: 'Run', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Run Bird strikes' });
  await expect(dialog).toContainText('9 reused');
  await dialog.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(runFact(page, 'State')).toHaveText('All reused');
  await expect(runFact(page, 'Plan kept')).toHaveText('9 reused as predicted');
});

test('the theme that was chosen is there from the first paint', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: /Change to: light/ }).click();
  await page.getByRole('button', { name: /Change to: dark/ }).click();
  const response = await page.reload();
  expect(await response?.text()).toContain('data-theme="dark"');
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(12, 18, 20)');
});
