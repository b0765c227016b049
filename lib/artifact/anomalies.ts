/** `ExampleAnomalies`: one binary `SchemaDiff.pb` per split, an Anomalies message as TFX writes it. */

import { ANOMALIES, type ANOMALY_INFO, type ANOMALY_REASON, type ANOMALY_TYPES } from '../tfmd/anomaly-messages';
import { decodeMessage, encodeMessage, type MessageValue } from '../tfmd/message';

/** Name of the file in each `Split-…` folder. */
export const ANOMALIES_FILE = 'SchemaDiff.pb';

/** What is wrong with one dataset. */
export type Anomalies = MessageValue<typeof ANOMALIES>;
/** Everything that is wrong with one feature. */
export type AnomalyInfo = MessageValue<typeof ANOMALY_INFO>;
/** One finding: its type, a short text and a long one. */
export type AnomalyReason = {
  readonly [F in keyof MessageValue<typeof ANOMALY_REASON>]-?: NonNullable<MessageValue<typeof ANOMALY_REASON>[F]>;
};
/** Type of a finding. */
export type AnomalyType = (typeof ANOMALY_TYPES)[number];
/** How bad a finding is. */
export type AnomalySeverity = 'WARNING' | 'ERROR';

/** The bytes of a `SchemaDiff.pb`. */
export function fromAnomalies(anomalies: Anomalies): Uint8Array {
  return encodeMessage(ANOMALIES, anomalies);
}

/** The anomalies in the bytes of a `SchemaDiff.pb`, ours or TFX's. Throws `artifact-damaged` when they are cut or malformed. */
export function toAnomalies(encoded: Uint8Array): Anomalies {
  return decodeMessage(ANOMALIES, encoded);
}

/** True when nothing is wrong: TFX's `blessed` of a split. Missing data alone are no anomaly. */
export function isFreeOfAnomalies(anomalies: Anomalies): boolean {
  return anomalies.anomalyInfo.length === 0 && anomalies.datasetAnomalyInfo === undefined;
}
