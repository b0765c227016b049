/** The silhouette of an artifact type, 10 px. Colour never stands without the shape and a label beside it. */
export function ArtifactMark({ type }: { readonly type: string }) {
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
      {shapeOf(type)}
    </svg>
  );
}

function shapeOf(type: string) {
  switch (type) {
    case 'Examples':
      return <circle cx="5" cy="5" r="4.5" className="fill-ar-examples" />;
    case 'ExampleStatistics':
      return <rect x="0.75" y="0.75" width="8.5" height="8.5" rx="1" className="fill-ar-statistics" />;
    case 'Schema':
      return <path d="M5 0.25 9.75 5 5 9.75 0.25 5z" className="fill-ar-schema" />;
    case 'ExampleAnomalies':
      return <path d="M5 0.75 9.75 9.25H0.25z" className="fill-ar-anomalies" />;
    default:
      return <circle cx="5" cy="5" r="4" fill="none" strokeWidth="1.5" className="stroke-text-3" />;
  }
}
