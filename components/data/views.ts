import type { ComponentType } from 'react';

import type { ArtifactType } from '../../lib/artifact/artifact';
import type { DataArtifact, DataFamily } from '../../lib/artifact/data-family';
import { BlessingView } from './evaluation/blessing-view';
import { EvaluationView } from './evaluation/evaluation-view';
import { ModelRunView } from './model/model-run-view';
import { ModelView } from './model/model-view';
import { PushedModelView } from './model/pushed-model-view';
import { TransformGraphView } from './transform/transform-graph-view';
import { AnomaliesActions } from './anomalies/anomalies-actions';
import { AnomaliesView } from './anomalies/anomalies-view';
import { SchemaView } from './schema/schema-view';
import { RowsView } from './rows/rows-view';
import { StatisticsActions } from './statistics/statistics-actions';
import { StatisticsView } from './statistics/statistics-view';

/** Props of every view of an artifact. */
export type DataViewProps = {
  readonly artifact: DataArtifact;
  /** Its relatives: what it was made from and what was made from it. */
  readonly family: DataFamily;
};

/** The view of each type of artifact: it fills the page below the tabs and scrolls by itself. */
export const DATA_VIEWS: Record<ArtifactType, ComponentType<DataViewProps>> = {
  ExampleStatistics: StatisticsView,
  Schema: SchemaView,
  ExampleAnomalies: AnomaliesView,
  Examples: RowsView,
  TransformGraph: TransformGraphView,
  ModelEvaluation: EvaluationView,
  ModelBlessing: BlessingView,
  Model: ModelView,
  ModelRun: ModelRunView,
  PushedModel: PushedModelView,
};

/** What of an artifact stands at the right of the page's head: at most two actions. */
export const DATA_ACTIONS: Partial<Record<ArtifactType, ComponentType<DataViewProps>>> = {
  ExampleStatistics: StatisticsActions,
  ExampleAnomalies: AnomaliesActions,
};
