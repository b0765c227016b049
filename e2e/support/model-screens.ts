/** The screens of trained, pushed and compared models: the sample that comes with the studio, trained twice. */

import * as z from 'zod';

import type { Screen } from './screens';
import type { Studio } from './studio';

const NAME = 'Bird strikes';

const zPorts = z.record(z.string(), z.object({ id: z.string() }));
const zRun = z.object({ nodes: z.record(z.string(), z.object({ outputs: zPorts })) });
const zModel = z.object({ id: z.string(), versions: z.array(z.object({ id: z.string() })) });

/** Trains a second version, sets an alias, and returns the screens. */
export async function modelScreens({ cli }: Studio): Promise<readonly Screen[]> {
  const { nodes } = zRun.parse(JSON.parse(await cli('run', NAME, '--set', 'trainer.epochs=4', '--json')));
  const model = zModel.parse(JSON.parse(await cli('models', 'show', NAME, '--json')));
  const artifact = (node: string, port: string) => `/data/${nodes[node]?.outputs[port]?.id ?? 'none'}`;
  const versions = model.versions.map(({ id }) => id).toReversed();
  return [
    { name: 'models', address: '/models' },
    { name: 'model', address: `/models/${model.id}` },
    { name: 'model-lineage', address: `/models/${model.id}?tab=lineage` },
    {
      name: 'compare',
      address: `/models/compare?versions=${versions.join(',')}`,
      prepare: async (page) => page.getByRole('table', { name: 'Metrics' }).waitFor(),
    },
    { name: 'compare-nothing', address: '/models/compare' },
    { name: 'training', address: artifact('trainer', 'modelRun') },
    { name: 'trained-model', address: artifact('trainer', 'model') },
    {
      name: 'evaluated-model',
      address: artifact('evaluator', 'evaluation'),
      prepare: async (page) => page.getByRole('group', { name: 'Answers of the candidate' }).waitFor(),
    },
    { name: 'pushed-model', address: artifact('pusher', 'pushedModel') },
    { name: 'fitted-transform', address: artifact('transform', 'transformGraph') },
  ];
}
