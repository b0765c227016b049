/** A pipeline of 1,000 nodes and 1,500 wires: groups of six that also feed each other, on a grid of forty columns. */

import { PIPELINE_FORMAT, type Pipeline, type PipelineNode } from '../../../lib/pipeline/pipeline';

const GROUPS = 166;
const COLUMNS = 40;
const STEP_X = 224;
const STEP_Y = 112;

/** The document, under the given name. */
export function largePipeline(name: string): Pipeline {
  const nodes: Record<string, PipelineNode> = {};
  const group = (index: number, source: number, validators: number) => {
    const before = index === 0 ? {} : { schema: `schema${index - 1}.schema` };
    nodes[`statistics${index}`] = {
      component: 'StatisticsGen',
      inputs: { examples: `examples${source}.examples`, ...before },
    };
    nodes[`schema${index}`] = {
      component: 'SchemaGen',
      inputs: { statistics: `statistics${index}.statistics` },
    };
    for (let copy = 0; copy < validators; copy++) {
      nodes[`validator${index}_${copy}`] = {
        component: 'ExampleValidator',
        inputs: { statistics: `statistics${index}.statistics`, schema: `schema${index}.schema` },
      };
    }
  };
  for (let index = 0; index < GROUPS; index++) {
    nodes[`examples${index}`] = { component: 'CsvExampleGen', params: { inputBase: '.' } };
    group(index, index, 3);
  }
  group(GROUPS, 0, 2);
  const layout = Object.fromEntries(
    Object.keys(nodes).map((id, at) => [id, { x: (at % COLUMNS) * STEP_X, y: Math.floor(at / COLUMNS) * STEP_Y }]),
  );
  return { format: PIPELINE_FORMAT, name, nodes, layout };
}
