/** Takes the place of rows of a list that are not drawn. */
export function RowSpacer({ height }: { readonly height: number }) {
  return height <= 0 ? null : (
    <li role="presentation" aria-hidden="true">
      <svg width="1" height={height} className="block" />
    </li>
  );
}
