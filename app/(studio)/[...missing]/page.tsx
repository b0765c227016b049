import { notFound } from 'next/navigation';

/** Any other address: said inside the frame, so that the way on is at hand. */
export default function MissingPage() {
  notFound();
}
