import { readChildEnvironment } from '../../../server/launcher/child';
import { webDatabase } from '../../../server/web/database';
import { readHealth } from '../../../server/web/health';

export const dynamic = 'force-dynamic';

export async function GET(): Promise<Response> {
  const health = await readHealth(webDatabase().db, readChildEnvironment().nonce);
  return Response.json(health, { status: health.ok ? 200 : 503, headers: { 'Cache-Control': 'no-store' } });
}
