/** Grey bars at true row height, shown only when loading takes longer than 200 ms. */
export function SkeletonRows({ rows, label }: { readonly rows: number; readonly label: string }) {
  return (
    <div role="status" aria-label={label} className="animate-late">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-9 items-center gap-5 border-b px-5">
          <span className="h-2.5 w-10 rounded-chip bg-n-100" />
          <span className="h-2.5 w-32 rounded-chip bg-n-100" />
          <span className="h-2.5 flex-1 rounded-chip bg-n-100" />
        </div>
      ))}
    </div>
  );
}
