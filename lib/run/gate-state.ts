/** What the gate on a wire shows: whether the blessing that travels there lets the next node run. */

import { isBlessing } from '../artifact/blessing';
import type { NodeSnapshot } from './fold-run';

/** A gate: `open` lets through, `shut` keeps back, `waiting` does not know yet. */
export type GateState = {
  readonly position: 'open' | 'shut' | 'waiting';
  /** One sentence without its full stop: `Gate shut: evaluator did not bless the model`. */
  readonly words: string;
};

/** The gate behind a node that has not blessed yet. */
export function waitingGate(judge: string): GateState {
  return { position: 'waiting', words: `Gate waits for ${judge}` };
}

/** The gate behind a node run, from its newest blessing. Undefined where it gave none. */
export function gateBehind({ node, outputs }: Pick<NodeSnapshot, 'node' | 'outputs'>): GateState | undefined {
  const blessings = Object.values(outputs)
    .flat()
    .filter(({ type }) => type === 'ModelBlessing');
  const [first] = blessings;
  if (first === undefined) return undefined;
  const { reason } = first.properties;
  const because = typeof reason === 'string' && reason !== '' ? `: ${reason.replace(/\.$/, '')}` : '';
  return blessings.every(isBlessing)
    ? { position: 'open', words: `Gate open: ${node} blessed the model${because}` }
    : { position: 'shut', words: `Gate shut: ${node} did not bless the model${because}` };
}
