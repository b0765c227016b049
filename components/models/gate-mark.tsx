import type { VersionGate } from '../../lib/model/model';

/** How a version passed its gate: the raised plate of a blessing, or no gate at all. Shape and word together. */
export function GateMark({ gate }: { readonly gate: VersionGate }) {
  const isBlessed = gate === 'blessed';
  return (
    <span
      className={`inline-flex items-center gap-1.5 align-middle text-12 whitespace-nowrap ${isBlessed ? 'text-text-2' : 'text-text-3'}`}
    >
      <svg
        width="14"
        height="12"
        viewBox="0 0 14 12"
        aria-hidden="true"
        className={`flex-none ${isBlessed ? 'fill-st-complete' : 'fill-n-400'}`}
      >
        <path d={isBlessed ? 'M0 0h2v12H0zM12 0h2v12h-2zM3 0h8v4H3z' : 'M0 0h2v12H0zM12 0h2v12h-2z'} />
      </svg>
      {isBlessed ? 'blessed' : 'no gate'}
    </span>
  );
}
