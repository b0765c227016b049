import Link from 'next/link';

/** What stands at an address that there is not, whatever frame lies around it. */
export function NothingHere() {
  return (
    <div className="grid h-full place-content-center gap-2 p-5 text-center">
      <h1 className="text-18 font-semibold">There is nothing at this address</h1>
      <p className="text-text-2">It may have been typed wrong, or belong to another data folder.</p>
      <p>
        <Link className="text-accent underline underline-offset-2" href="/">
          Go home
        </Link>
      </p>
    </div>
  );
}
