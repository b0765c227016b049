import { expect, test } from '../fixtures';
import { runCuratedPipeline } from '../support/curated-pipeline';

test('a schema is read, edited, reviewed and kept; versions are compared and given up', async ({ page, studio }) => {
  const { schema } = await runCuratedPipeline(studio, 'Curated trips');
  await page.goto(`/data/${schema}`);
  const table = page.getByRole('table', { name: 'Features of the schema' });
  await expect(table.getByRole('row', { name: /fare/ })).toContainText('FLOAT');
  await expect(table.getByRole('row', { name: /company/ })).toContainText(/\d+ values/);

  await page.getByLabel('Filter features by name or value').fill('cash');
  await expect(table.getByRole('row', { name: /paid/ })).toContainText('cash');
  await expect(table.getByRole('row', { name: /fare/ })).toHaveCount(0);
  await page.getByLabel('Filter features by name or value').fill('');

  await table.getByRole('button', { name: 'fare' }).click();
  const form = page.getByRole('complementary', { name: 'Feature fare' });
  await form.getByLabel('Share', { exact: true }).fill('0.9');
  await form.getByLabel('Domain', { exact: true }).selectOption('Numbers');
  await form.getByLabel('Largest').fill('200');
  await table.getByRole('button', { name: 'paid' }).click();
  const paid = page.getByRole('complementary', { name: 'Feature paid' });
  await paid.getByLabel('Find or add a value').fill('voucher');
  await paid.getByRole('button', { name: 'Add', exact: true }).click();

  const pending = page.getByRole('region', { name: 'Changes that are not saved' });
  await expect(pending).toContainText('2 changes, not saved');
  await pending.getByRole('button', { name: 'Review changes' }).click();
  const review = page.getByRole('dialog', { name: 'Review schema 1' });
  const changes = review.getByRole('list', { name: 'Changes by feature' });
  await expect(changes).toContainText('in at least 90 %');
  await expect(changes).toContainText('at most 200');
  await expect(changes).toContainText('voucher');
  await review.getByLabel('Note').fill('Vouchers');
  await review.getByRole('button', { name: 'Save as schema 1' }).click();
  await expect(page.getByLabel('schema', { exact: true })).toHaveValue('1');

  await page.getByRole('button', { name: 'Import' }).click();
  const bring = page.getByRole('dialog', { name: 'Import schema.pbtxt' });
  await bring.getByLabel('Text').fill('feature {\n  colour: 1\n}');
  await expect(bring.getByRole('status')).toContainText('line 2, column 3');
  await expect(bring.getByRole('button', { name: 'Review' })).toBeDisabled();
  await bring.getByLabel('Text').fill('# by hand\nfeature { name: "id" type: INT }\n');
  await bring.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('dialog', { name: 'Review schema 2' }).getByRole('button', { name: 'Save as schema 2' }).click();
  await expect(page.getByLabel('schema', { exact: true })).toHaveValue('2');

  await page.getByRole('button', { name: /^Versions/ }).click();
  const versions = page.getByRole('dialog', { name: 'Versions of the schema of schema' });
  await expect(versions).toContainText('The pipeline reads schema 2.');
  await expect(versions.getByRole('list', { name: 'Changes by feature' })).toContainText('removed');
  await versions.getByRole('button', { name: 'Use schema 1' }).click();
  await expect(versions).toContainText('The pipeline reads schema 1.');
  await versions.getByRole('button', { name: 'Infer again' }).click();
  await expect(versions).toContainText('none of the versions is used');
});

test('a feature without a name that fits, right to left, and 500 values stay in their room', async ({
  page,
  studio,
}) => {
  const { schema } = await runCuratedPipeline(studio, 'Hostile schema');
  await page.goto(`/data/${schema}`);
  const long = 'x'.repeat(200);
  const values = Array.from({ length: 500 }, (_, value) => `value: "وجهة ${value}"`).join(' ');
  await page.getByRole('button', { name: 'Import' }).click();
  const bring = page.getByRole('dialog', { name: 'Import schema.pbtxt' });
  await bring
    .getByLabel('Text')
    .fill(`feature { name: "${long}" type: BYTES string_domain { ${values} } }\nfeature { name: "مدينة" type: INT }`);
  await bring.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('dialog', { name: 'Review schema 1' }).getByRole('button', { name: 'Save as schema 1' }).click();
  const table = page.getByRole('table', { name: 'Features of the schema' });
  await table.getByRole('button', { name: long }).click();
  const form = page.getByRole('complementary', { name: `Feature ${long}` });
  await expect(form).toContainText('500 values');
  await form.getByLabel('Find or add a value').fill('499');
  await expect(form.getByRole('list', { name: 'Values' }).getByRole('listitem')).toContainText(['499']);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
});
