import { notFound } from 'next/navigation';

import { DataPage } from '../../../../components/data';
import { zArtifactId } from '../../../../lib/ids';

export const metadata = { title: 'Data' };

export default async function ArtifactPage({ params }: { readonly params: Promise<{ readonly artifactId: string }> }) {
  const artifactId = zArtifactId.safeParse((await params).artifactId);
  if (!artifactId.success) notFound();
  return <DataPage artifactId={artifactId.data} />;
}
