/** A TensorFlow.js layers model as two files of a folder: `model.json` and `weights.bin`. */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';

import { AppError } from '../../lib/errors';

const MODEL_FILE = 'model.json';
const WEIGHTS_FILE = 'weights.bin';

/** Writes a model. The same layers and weights give the same bytes. */
export async function saveLayers(model: LayersModel, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await model.save(
    io.withSaveHandler(async ({ modelTopology, weightSpecs = [], weightData, format, generatedBy, convertedBy }) => {
      const manifest: io.ModelJSON = {
        modelTopology: modelTopology ?? {},
        ...(format !== undefined && { format }),
        ...(generatedBy !== undefined && { generatedBy }),
        convertedBy: convertedBy ?? null,
        weightsManifest: [{ paths: [WEIGHTS_FILE], weights: weightSpecs }],
      };
      await writeFile(path.join(folder, MODEL_FILE), `${JSON.stringify(manifest)}\n`);
      await writeFile(path.join(folder, WEIGHTS_FILE), new Uint8Array(io.CompositeArrayBuffer.join(weightData)));
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
}

/** Reads a model. Throws `artifact-damaged` where the files are not a layers model. */
export async function loadLayers(folder: string): Promise<LayersModel> {
  try {
    const text = await readFile(path.join(folder, MODEL_FILE), 'utf8');
    const weights = await readFile(path.join(folder, WEIGHTS_FILE));
    const { modelTopology, weightsManifest } = JSON.parse(text) as io.ModelJSON;
    const weightData = new Uint8Array(weights).buffer;
    const weightSpecs = weightsManifest.flatMap((group) => group.weights);
    return await loadLayersModel(io.fromMemory({ modelTopology, weightSpecs, weightData, format: 'layers-model' }));
  } catch (cause) {
    throw new AppError('artifact-damaged', `The layers of a model cannot be read from ${folder}.`, {
      nextStep: 'Run the pipeline again: what is damaged is made anew.',
      cause,
    });
  }
}
