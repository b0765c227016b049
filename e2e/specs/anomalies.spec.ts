import { expect, test } from '../fixtures';
import { runFact } from '../pages/run-page';
import { runCuratedPipeline } from '../support/curated-pipeline';

test('an anomaly is explained, its rows are shown, it is accepted, and the next run is clean', async ({
  page,
  studio,
}) => {
  const { anomalies } = await runCuratedPipeline(studio, 'Accepted trips');
  await page.goto(`/data/${anomalies}`);

  const list = page.getByRole('navigation', { name: 'Anomalies' });
  await expect(list.getByRole('button', { name: /company/ })).toContainText(/since run \d+/);
  const detail = page.getByRole('region', { name: 'Anomaly of company' });
  await expect(detail).toContainText(/eval: \d+ values are not in the schema/);
  await expect(detail).toContainText('min_domain_mass 1.0');
  await expect(detail.getByRole('img', { name: 'Not in the schema' }).first()).toBeVisible();

  const rows = detail.getByRole('region', { name: 'First offending rows of eval' });
  await expect(rows.getByRole('cell', { name: /^Rare \d+$/ }).first()).toBeVisible();
  await expect(detail.getByRole('link', { name: /^Open all \d+ in Rows$/ })).toHaveAttribute('href', /rows=/);

  const decide = page.getByRole('complementary', { name: 'Decide' });
  await expect(decide).toContainText('Makes schema 1');
  await decide.getByRole('radio', { name: /^Allow a few unknown values/ }).check();
  await expect(decide).toContainText(/min_domain_mass|listed/i);
  await expect(decide.getByRole('button', { name: 'Change the schema…' })).toBeVisible();
  await decide.getByRole('radio', { name: /^Accept into the schema/ }).check();
  await decide.getByRole('button', { name: 'Accept…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Accept company into schema 1' });
  await expect(dialog.getByRole('list', { name: 'Added values' })).toContainText('Rare');
  await dialog.getByRole('tab', { name: 'schema.pbtxt' }).click();
  await expect(dialog).toContainText(/\+\s+value: "Rare \d+"/);
  await dialog.getByLabel('Note').fill('New companies of this year');
  await dialog.getByRole('button', { name: 'Save as schema 1' }).click();
  await expect(list.getByRole('button', { name: /company/ })).toContainText('accepted in schema 1');
  await expect(list.getByRole('list', { name: 'Decisions' })).toContainText('accepted by you');

  await page.getByRole('button', { name: 'Check again' }).click();
  await page.waitForURL(/\/runs\/run_/);
  await expect(runFact(page, 'State')).toHaveText('Complete');
  await page.goto('/data');
  await page
    .getByRole('row', { name: /Accepted trips/ })
    .getByRole('link', { name: 'None' })
    .click();
  await expect(page.getByText('Nothing is wrong')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Anomalies' })).toContainText('4 features agree');
});
