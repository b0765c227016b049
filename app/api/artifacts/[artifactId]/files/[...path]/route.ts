import { artifactFileAnswer } from '../../../../../../server/web/artifact-file-answer';

export const dynamic = 'force-dynamic';

type Address = { readonly params: Promise<{ readonly artifactId: string; readonly path: readonly string[] }> };

export async function GET(_request: Request, { params }: Address): Promise<Response> {
  return artifactFileAnswer(await params);
}
