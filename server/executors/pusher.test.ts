import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { artifactDigest } from '../../lib/artifact/artifact-digest';
import { sealOutput } from '../engine/seal-output';
import { digestFolder } from '../testing/digest-folder';
import { artifactFrom, runExecutor } from '../testing/run-executor';
import { tempFolder } from '../testing/temp-folder';
import { writeTestModel } from '../testing/write-test-model';
import { pusher } from './pusher';

async function modelIn(place: string) {
  const folder = await mkdtemp(path.join(place, 'model-'));
  await writeTestModel(folder, 0.5);
  return { ...artifactFrom('Model', folder, {}), digest: artifactDigest((await sealOutput(folder, 'model')).files) };
}

describe('Pusher', () => {
  it('copies the model with its transform graph and says as TFX where it went', async () => {
    using place = tempFolder();
    const model = await modelIn(place.path);
    const baseDirectory = path.join(place.path, 'versions');
    const blessing = artifactFrom('ModelBlessing', place.path, { blessed: 1 });
    const from = Math.floor(Date.now() / 1_000);
    await using run = await runExecutor(pusher, {
      inputs: { model, modelBlessing: blessing },
      params: { pushDestination: { filesystem: { baseDirectory } } },
    });
    const { pushedVersion, ...rest } = run.facts.outputs.pushedModel?.properties ?? {};
    const version = Number(pushedVersion);
    expect(version).toBeGreaterThanOrEqual(from);
    expect(rest).toEqual({ pushed: 1, pushedDestination: path.join(baseDirectory, String(version)) });
    // Nothing is to be seen before the engine publishes.
    expect(readdirSync(baseDirectory)).toEqual([`.tmp-${String(version)}`]);
    const files = await digestFolder(model.folder);
    expect(await digestFolder(path.join(baseDirectory, `.tmp-${String(version)}`))).toEqual(files);
    expect(await digestFolder(run.folders.pushedModel)).toEqual(files);
    expect(run.log.map(({ message }) => message)).toContain(
      'The copy was opened: it predicts 64 sample rows as the model does.',
    );
  });

  it('pushes nothing that is not blessed', async () => {
    using place = tempFolder();
    const baseDirectory = path.join(place.path, 'versions');
    for (const properties of [{ blessed: 0 }, {}]) {
      await using run = await runExecutor(pusher, {
        inputs: {
          model: await modelIn(place.path),
          modelBlessing: artifactFrom('ModelBlessing', place.path, properties),
        },
        params: { pushDestination: { filesystem: { baseDirectory } } },
      });
      expect(run.facts.outputs.pushedModel?.properties).toEqual({ pushed: 0 });
      expect(existsSync(baseDirectory)).toBe(false);
    }
  });

  it('pushes without a blessing, and warns of it', async () => {
    using place = tempFolder();
    await using run = await runExecutor(pusher, { inputs: { model: await modelIn(place.path) }, params: {} });
    expect(run.facts.outputs.pushedModel?.properties).toMatchObject({ pushed: 1 });
    expect(run.log.filter(({ level }) => level === 'warning')).toHaveLength(1);
  });

  it('refuses a model that does not open', async () => {
    using place = tempFolder();
    const model = await modelIn(place.path);
    await writeFile(path.join(model.folder, 'model_info.json'), '{}');
    const digest = artifactDigest((await sealOutput(model.folder, 'model')).files);
    await expect(runExecutor(pusher, { inputs: { model: { ...model, digest } }, params: {} })).rejects.toMatchObject({
      code: 'artifact-damaged',
    });
  });

  it('refuses a copy whose bytes are not the model', async () => {
    using place = tempFolder();
    const model = { ...(await modelIn(place.path)), digest: 'f'.repeat(64) };
    await expect(runExecutor(pusher, { inputs: { model }, params: {} })).rejects.toThrow('is not what was copied');
  });
});
