/** How a finding is named in the history of a node's anomalies: by the feature's serialised path and the type. */
export function foundKey(path: string, type: string): string {
  return `${path}\n${type}`;
}
