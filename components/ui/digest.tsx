/** The first eight digits of a digest; all of them on hover. */
export function Digest({ digest }: { readonly digest: string }) {
  return (
    <span title={digest} className="font-mono text-12 tracking-[-0.01em] text-text-3">
      {digest.slice(0, 8)}
    </span>
  );
}
