/** Joins the anomalies of every split with the statistics they were measured on. */

import type { Anomalies, AnomalyInfo, AnomalyReason } from '../artifact/anomalies';
import type { AnomalyDetail, AnomalyItem, AnomalyList, ExplainedFinding } from '../artifact/anomaly-report';
import { EMPTY_SCHEMA, isIgnored, type DataSchema } from '../artifact/data-schema';
import type { DatasetStatistics } from '../artifact/statistics';
import { offendingRows } from './anomaly-rows';
import { explainAnomaly } from './explain-anomaly';
import { featureDistribution } from './feature-distribution';
import { compareCodePoints } from './ranking';
import { DatasetView, type FeatureView } from './statistics-view';

/** A split: what was found, and the statistics where they are still there. */
export type SplitReport = {
  readonly split: string;
  readonly anomalies: Anomalies;
  readonly dataset: DatasetStatistics | undefined;
};

/** How anomalies are told. */
export type ReportOptions = {
  /** The environment that was validated for. */
  readonly environment?: string | undefined;
};

/** Most anomalies of one answer, and most names of clean features. */
const MAX_ITEMS = 2_000;
const MAX_CLEAN = 300;

/** All anomalies, in short. */
export function listAnomalies(splits: readonly SplitReport[], options: ReportOptions = {}): AnomalyList {
  const views = new Map(splits.map((each) => [each.split, viewsOf(each.dataset)]));
  const schema = schemaOf(splits);
  const paths = new Set(splits.flatMap(({ anomalies }) => anomalies.anomalyInfo.map(({ key }) => key)));
  if (splits.some(({ anomalies }) => anomalies.datasetAnomalyInfo !== undefined)) paths.add('');
  const items = [...paths].map((path): AnomalyItem => {
    const found = splits.flatMap((each) => {
      const info = infoAt(each.anomalies, path);
      if (info === undefined) return [];
      const reasons = reasonsOf(info);
      const context = { schema, numExamples: each.dataset?.numExamples ?? 0, ...options };
      const view = views.get(each.split)?.get(path);
      const [first] = reasons;
      return [
        {
          split: each.split,
          types: reasons.map(({ type }) => type),
          shortDescription: shortText(info),
          finding:
            first === undefined
              ? (info.description ?? '')
              : explainAnomaly(first, { ...context, view, name: nameOf(info, path) }).finding,
        },
      ];
    });
    const infos = splits.map(({ anomalies }) => infoAt(anomalies, path)).filter((info) => info !== undefined);
    return { path, feature: nameOf(infos[0], path), severity: severityOf(infos), splits: found };
  });
  const wrong = new Set(items.map(({ feature }) => feature));
  const clean = schema.feature.filter((feature) => !isIgnored(feature) && !wrong.has(feature.name ?? ''));
  return {
    items: items.toSorted(bySeverity).slice(0, MAX_ITEMS),
    splits: splits.map(({ split, anomalies, dataset }) => ({
      split,
      ...(dataset !== undefined && { examples: dataset.numExamples }),
      isDataMissing: anomalies.dataMissing === true,
    })),
    features: schema.feature.length,
    clean: clean.slice(0, MAX_CLEAN).map(({ name }) => name ?? ''),
    cleanCount: clean.length,
    truncated: items.length > MAX_ITEMS,
  };
}

/** The anomalies of one path, explained; undefined where there are none. */
export function detailAnomaly(
  splits: readonly SplitReport[],
  path: string,
  options: ReportOptions = {},
): AnomalyDetail | undefined {
  const infos = splits.map(({ anomalies }) => infoAt(anomalies, path)).filter((info) => info !== undefined);
  if (infos.length === 0) return undefined;
  const schema = schemaOf(splits);
  const name = nameOf(infos[0], path);
  const views = splits.map(({ split, dataset }) => ({ split, view: viewsOf(dataset).get(path) }));
  return {
    path,
    feature: name,
    severity: severityOf(infos),
    ...valueTypeOf(views),
    splits: splits.flatMap(({ split, anomalies, dataset }) => {
      const info = infoAt(anomalies, path);
      if (info === undefined) return [];
      const view = views.find((each) => each.split === split)?.view;
      const numExamples = dataset?.numExamples ?? 0;
      const context = { schema, view, name, numExamples, driftSkewInfo: anomalies.driftSkewInfo, ...options };
      return [{ split, examples: numExamples, findings: findingsOf(info, context) }];
    }),
    distribution: featureDistribution(views, { schema, name }),
  };
}

function findingsOf(info: AnomalyInfo, context: Parameters<typeof explainAnomaly>[1]): ExplainedFinding[] {
  return reasonsOf(info).map((reason): ExplainedFinding => {
    const rows = offendingRows(reason, context);
    return {
      type: reason.type,
      shortDescription: reason.shortDescription,
      description: reason.description,
      ...explainAnomaly(reason, context),
      ...(rows !== undefined && { rows: [...rows] }),
    };
  });
}

function valueTypeOf(views: readonly { readonly view: FeatureView | undefined }[]) {
  const view = views.find((each) => each.view !== undefined)?.view;
  return view === undefined ? {} : { valueType: view.type };
}

/** Views by serialised path; none where the statistics are gone. */
function viewsOf(dataset: DatasetStatistics | undefined): ReadonlyMap<string, FeatureView> {
  return dataset === undefined
    ? new Map()
    : new Map(new DatasetView(dataset).features.map((view) => [view.path, view]));
}

/** Every split was held against the same schema. */
function schemaOf(splits: readonly SplitReport[]): DataSchema {
  for (const { anomalies } of splits) {
    const schema = anomalies.baseline ?? anomalies.baselineV1;
    if (schema !== undefined) return schema;
  }
  return EMPTY_SCHEMA;
}

/** What was found at a path; the empty one stands for the dataset as a whole. */
export function infoAt(anomalies: Anomalies, path: string): AnomalyInfo | undefined {
  return path === '' ? anomalies.datasetAnomalyInfo : anomalies.anomalyInfo.find(({ key }) => key === path)?.value;
}

/** The reasons with every text set; one that other tools left empty is told by the texts above it. */
export function reasonsOf(info: AnomalyInfo): readonly AnomalyReason[] {
  if (info.reason.length === 0)
    return [
      { type: 'UNKNOWN_TYPE', shortDescription: info.shortDescription ?? '', description: info.description ?? '' },
    ];
  return info.reason.map(({ type = 'UNKNOWN_TYPE', shortDescription = '', description = '' }) => ({
    type,
    shortDescription,
    description,
  }));
}

function shortText(info: AnomalyInfo): string {
  if (info.shortDescription !== undefined && info.shortDescription !== '') return info.shortDescription;
  return reasonsOf(info)
    .map(({ shortDescription }) => shortDescription)
    .join(', ');
}

function nameOf(info: AnomalyInfo | undefined, path: string): string {
  return info?.path?.step.join('.') ?? path;
}

function severityOf(infos: readonly AnomalyInfo[]): AnomalyItem['severity'] {
  return infos.some(({ severity }) => severity === 'ERROR') ? 'ERROR' : 'WARNING';
}

function bySeverity(a: AnomalyItem, b: AnomalyItem): number {
  if (a.severity !== b.severity) return a.severity === 'ERROR' ? -1 : 1;
  return compareCodePoints(a.path, b.path);
}
