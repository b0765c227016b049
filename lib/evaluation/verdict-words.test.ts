import { describe, expect, it } from 'vitest';

import type { z } from 'zod';

import { zEvalConfig } from './eval-config';
import type { FigureSeries } from './evaluation-answers';
import { readVerdict } from './read-verdict';
import { verdictWords } from './verdict-words';

const decode = (text: string) => Buffer.from(text, 'base64').toString();
const DETAILS = { validationDetails: { slicingDetails: [] } };

type Given = {
  readonly file: object;
  readonly metrics: z.input<typeof zEvalConfig>['metricsSpecs'];
  readonly series: readonly FigureSeries[];
  readonly hasBaseline?: boolean;
};

function words({ file, metrics, series, hasBaseline = false }: Given) {
  const verdict = readVerdict(file, decode);
  if (verdict === undefined) throw new Error('no verdict');
  const config = zEvalConfig.parse({ modelSpecs: [{ labelKey: 'y', predictionKey: 'p' }], metricsSpecs: metrics });
  const slices = [
    { key: [], rows: 10 },
    { key: [['city', 'Bern'] as [string, string]], rows: 6 },
    { key: [['city', 'Basel'] as [string, string]], rows: 4 },
  ];
  const { isBlessed, reason, sentences } = verdictWords({
    verdict,
    config,
    summary: { slices, series: [...series], hasBaseline, classNames: [] },
  });
  return {
    isBlessed,
    reason,
    said: sentences.map(({ holds, text, note }) => `${holds ? '+' : '−'} ${text} | ${note}`),
  };
}

const auc = (...candidate: FigureSeries['candidate']): FigureSeries => ({ name: 'auc', candidate });
const atLeast = (lowerBound: number) => [
  { metrics: [{ className: 'AUC', threshold: { valueThreshold: { lowerBound } } }] },
];

describe('the verdict in words', () => {
  it('names the figure, the bound, and the slice that is nearest to it', () => {
    const file = { validationOk: true, ...DETAILS };
    expect(words({ file, metrics: atLeast(0.6), series: [auc(0.8, 0.9, 0.6004)] })).toEqual({
      isBlessed: true,
      reason: 'The threshold holds.',
      said: [
        '+ AUC 0.800 is at least 0.600 | value',
        '+ AUC 0.6004 is at least 0.6000 | city = Basel, the weakest of 2 slices',
      ],
    });
  });

  it('names slices where it does not hold, and what is not defined', () => {
    const failure = (city: string, value: number | string) => ({
      sliceKey: { singleSliceKeys: [{ column: 'city', bytesValue: Buffer.from(city).toString('base64') }] },
      failures: [
        { metricKey: { name: 'auc' }, metricThreshold: { valueThreshold: {} }, metricValue: { doubleValue: value } },
      ],
    });
    const file = {
      validationOk: false,
      metricValidationsPerSlice: [failure('Bern', 0.5), failure('Basel', 'NaN')],
      ...DETAILS,
    };
    expect(words({ file, metrics: atLeast(0.6), series: [auc(0.8, 0.5, 'NaN')] })).toEqual({
      isBlessed: false,
      reason: 'The threshold does not hold.',
      said: [
        '− AUC 0.500 is below 0.600 | city = Bern',
        '− AUC is not defined, so that no bound holds | city = Basel',
        '+ AUC 0.800 is at least 0.600 | value',
      ],
    });
  });

  const change = (direction: 'HIGHER_IS_BETTER' | 'LOWER_IS_BETTER', bound: object) => [
    { metrics: [{ className: 'AUC', threshold: { changeThreshold: { direction, ...bound } } }] },
  ];
  it.each([
    { bound: { absolute: -0.002 }, says: 'AUC is 0.010 above the baseline, may fall by 0.002' },
    { bound: { absolute: 0 }, says: 'AUC is 0.010 above the baseline, may not fall' },
    { bound: { absolute: 0.005 }, says: 'AUC is 0.010 above the baseline, must rise by 0.005' },
    { bound: { relative: 0.01 }, says: 'AUC is 0.010 (1.25 %) above the baseline, must rise by 1 %' },
  ])('says $says', ({ bound, says }) => {
    const series: FigureSeries = {
      name: 'auc',
      candidate: [0.81, null, null],
      baseline: [0.8, null, null],
      change: [0.01, null, null],
    };
    const file = { validationOk: true, ...DETAILS };
    const { said } = words({ file, metrics: change('HIGHER_IS_BETTER', bound), series: [series], hasBaseline: true });
    expect(said).toEqual([`+ ${says} | change`]);
  });

  it.each([
    {
      name: 'no threshold',
      given: { file: { missingThresholds: true }, metrics: [{ metrics: [{ className: 'AUC' }] }], series: [auc(0.8)] },
      reason: 'No threshold is set, so that nothing was validated.',
    },
    {
      name: 'a first run with change thresholds alone',
      given: {
        file: { validationOk: true, rubberStamp: true },
        metrics: change('HIGHER_IS_BETTER', { absolute: 0 }),
        series: [auc(0.8)],
      },
      reason: /Only changes have a threshold, and there was no baseline/,
    },
  ])('does not bless $name, and says why', ({ given, reason }) => {
    const said = words(given);
    expect(said.isBlessed).toBe(false);
    expect(said.reason).toMatch(reason);
  });

  it('says what a threshold names and is not there', () => {
    const file = {
      validationOk: false,
      missingSlices: [{ featureKeys: ['city'], featureValues: { day: '5' } }],
      ...DETAILS,
    };
    const { said } = words({ file, metrics: atLeast(0.6), series: [] });
    expect(said).toEqual([
      '− AUC was not measured, and a threshold names it | value',
      '− No row is in the slice city and day = 5, which a threshold names | slice',
    ]);
  });
});
