/** The mark: high water, gate, low water, joined below. Drawn on a 16 px grid, never smaller. */
export function Logo() {
  return (
    <svg width="20" height="20" viewBox="0 0 16 16" aria-hidden="true">
      <path className="fill-accent" d="M0 6h6v6h4v-1h6v4H0z" />
      <path fill="currentColor" d="M7 1h2v10H7z" />
    </svg>
  );
}
