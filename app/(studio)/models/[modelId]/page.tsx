import { notFound } from 'next/navigation';

import { ModelPage } from '../../../../components/models';
import { zModelId } from '../../../../lib/ids';

export const metadata = { title: 'Models' };

export default async function RegisteredModelPage({
  params,
}: {
  readonly params: Promise<{ readonly modelId: string }>;
}) {
  const modelId = zModelId.safeParse((await params).modelId);
  if (!modelId.success) notFound();
  return <ModelPage modelId={modelId.data} />;
}
