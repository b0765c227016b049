import { describe, expect, it } from 'vitest';

import { applyLaunchValues, parseAssignment, type LaunchValue } from './launch-values';
import { PIPELINE_FORMAT, type Pipeline } from './pipeline';
import { resolveParams } from './resolve-params';

const pipeline: Pipeline = {
  format: PIPELINE_FORMAT,
  name: 'p',
  parameters: { epochs: { type: 'integer', default: 10 }, label: { type: 'string' } },
  nodes: {
    trainer: {
      component: 'Trainer',
      params: {
        epochs: { $param: 'epochs' },
        hiddenUnits: [100, 70],
        deep: [{ inside: { $param: 'label' } }],
        features: { 'a.b': { topK: 1 } },
      },
    },
    bare: { component: 'ToyMake' },
  },
};
const set = (path: string, value: LaunchValue) => applyLaunchValues(pipeline, { params: {}, set: [{ path, value }] });
const param = (name: string, value: LaunchValue) => applyLaunchValues(pipeline, { params: { [name]: value }, set: [] });
const sentence = (result: ReturnType<typeof set>) => (result.ok ? '' : result.error[0]?.message);

describe('values set at launch', () => {
  it('override a pipeline parameter wherever it is used', () => {
    const applied = applyLaunchValues(pipeline, { params: { epochs: 3, label: 'tip' }, set: [] });
    if (!applied.ok) throw new Error('refused');
    expect(resolveParams(applied.value, 'trainer')).toMatchObject({
      incomplete: false,
      params: { epochs: 3, deep: [{ inside: 'tip' }], hiddenUnits: [100, 70] },
    });
    expect(pipeline.parameters?.['epochs']?.default).toBe(10);
  });

  it.each<[string, LaunchValue, LaunchValue]>([
    ['trainer.epochs', 5, { epochs: 5 }],
    ['trainer.hiddenUnits[1]', 7, { hiddenUnits: [100, 7] }],
    ['trainer.hiddenUnits.2', 7, { hiddenUnits: [100, 70, 7] }],
    ['trainer.deep[0].inside', 'x', { deep: [{ inside: 'x' }] }],
    ['trainer.features["a.b"].topK', 9, { features: { 'a.b': { topK: 9 } } }],
    ['trainer.statsOptions.numTopValues', 9, { statsOptions: { numTopValues: 9 } }],
  ])('set %s', (path, value, params) => {
    const applied = set(path, value);
    expect(applied.ok && applied.value.nodes['trainer']?.params).toMatchObject({ ...Object(params) });
  });

  it('set a parameter of a node that had none', () => {
    const applied = set('bare.seed', 4);
    expect(applied.ok && applied.value.nodes['bare']).toEqual({ component: 'ToyMake', params: { seed: 4 } });
  });

  it.each([
    ['trainre.epochs', '--set trainre.epochs: there is no node "trainre". Did you mean "trainer"?'],
    ['trainer', '--set trainer: name a parameter after the node, as in trainer.param=JSON.'],
    ['trainer.hiddenUnits[5]', '--set trainer.hiddenUnits[5]: the list has 2 entries, and "5" is not one of them.'],
    ['trainer.hiddenUnits[0].x', '--set trainer.hiddenUnits[0].x: "x" lies inside a value that is a number.'],
    ['trainer..x', '--set trainer..x: the path cannot be read from its character 8 on.'],
    ['trainer.__proto__.x', '--set trainer.__proto__.x: "__proto__" is not a name.'],
  ])('refuse %s', (path, message) => {
    expect(sentence(set(path, 1))).toBe(message);
  });

  it.each<[string, LaunchValue, string]>([
    ['epoch', 3, '--param: there is no pipeline parameter "epoch". Did you mean "epochs"?'],
    ['epochs', 1.5, '--param epochs: the value is a number, not a whole number.'],
    ['epochs', '3', '--param epochs: the value is text, not a whole number.'],
    ['label', 3, '--param label: the value is a number, not text.'],
  ])('refuse --param %s=%j', (name, value, message) => {
    expect(sentence(param(name, value))).toBe(message);
  });

  it('leave a parameter without a value as a problem at each place that needs it', () => {
    expect(resolveParams(pipeline, 'trainer')).toMatchObject({
      incomplete: true,
      problems: [
        {
          code: 'missing-pipeline-parameter',
          path: 'nodes.trainer.params.deep[0].inside',
          message:
            'The pipeline parameter "label" has no value: give it a default, or set it at launch with --param label=….',
        },
      ],
    });
  });
});

describe('an assignment on the command line', () => {
  it.each<[string, string, LaunchValue]>([
    ['trainer.epochs=3', 'trainer.epochs', 3],
    ['a.b="x=y"', 'a.b', 'x=y'],
    ['a.list=[1, 2]', 'a.list', [1, 2]],
    ['t.features["a=b"].topK=5', 't.features["a=b"].topK', 5],
    ['a.b=null', 'a.b', null],
  ])('%s', (text, target, value) => {
    expect(parseAssignment('--set', text)).toEqual({ ok: true, value: { target, value } });
  });

  it.each([
    ['epochs', '--set takes node.param=JSON, without spaces around "=".'],
    ['a.b=missing', `The value of --set a.b is not JSON. Text needs its quotes: --set 'a.b="text"'.`],
    ['a.b=', `The value of --set a.b is not JSON. Text needs its quotes: --set 'a.b="text"'.`],
  ])('%s is refused', (text, message) => {
    expect(parseAssignment('--set', text)).toEqual({ ok: false, error: message });
  });
});
