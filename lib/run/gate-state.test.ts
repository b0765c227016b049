import { describe, expect, it } from 'vitest';

import { zArtifactRef, type ArtifactProperties } from '../artifact/artifact';
import { makeId } from '../ids';
import { gateBehind } from './gate-state';

const artifact = (type: string, properties: ArtifactProperties) =>
  zArtifactRef.parse({
    id: makeId('art', new Uint8Array(16)),
    type,
    digest: 'a'.repeat(64),
    uri: 'x',
    sizeBytes: 0,
    properties,
  });

describe('the gate behind a node', () => {
  it.each([
    [{ blessed: 1 }, 'open', 'Gate open: judge blessed the model'],
    [{ blessed: 0 }, 'shut', 'Gate shut: judge did not bless the model'],
    [{}, 'shut', 'Gate shut: judge did not bless the model'],
    [
      { blessed: 0, reason: 'AUC 0.015 below v4.' },
      'shut',
      'Gate shut: judge did not bless the model: AUC 0.015 below v4',
    ],
  ] as const)('with %j is %s', (properties, position, words) => {
    const outputs = {
      evaluation: [artifact('ModelEvaluation', {})],
      blessing: [artifact('ModelBlessing', properties)],
    };
    expect(gateBehind({ node: 'judge', outputs })).toEqual({ position, words });
  });

  it('is not known while it blessed nothing', () => {
    expect(gateBehind({ node: 'judge', outputs: {} })).toBeUndefined();
  });
});
