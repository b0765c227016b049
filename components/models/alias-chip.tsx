/** A name that points to a version. The champion stands out, as what serves. */
export function AliasChip({ alias, note }: { readonly alias: string; readonly note?: string | undefined }) {
  return (
    <span
      title={alias}
      className={`inline-flex h-5 max-w-32 items-center gap-1 rounded-chip border bg-surface px-1.5 text-11 font-medium ${alias === 'champion' ? 'border-accent text-accent' : 'border-border text-text'}`}
    >
      <span className="truncate">{alias}</span>
      {note !== undefined && <span className="flex-none font-normal text-text-3">{note}</span>}
    </span>
  );
}
