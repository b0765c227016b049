/** Stands for the items of a long list that are not drawn. */
export function Spacer({ height }: { readonly height: number }) {
  if (height <= 0) return null;
  return (
    <li aria-hidden="true">
      <svg width="1" height={height} className="block" />
    </li>
  );
}
