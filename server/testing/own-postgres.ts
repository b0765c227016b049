/** A process that owns a database until SIGTERM: what tests kill. Usage: `own-postgres DATA_FOLDER`. */

import { dataFolderAt } from '../launcher/data-folder';
import { ensurePostgres } from '../postgres/ensure-postgres';

const postgres = await ensurePostgres(dataFolderAt(process.argv[2] ?? ''));
const alive = setInterval(() => undefined, 60_000);
process.on('SIGTERM', () => {
  clearInterval(alive);
  void postgres.stop();
});
// Only now: whoever reads this may send the signal at once.
process.stdout.write(`READY ${postgres.url} ${String(postgres.pid())}\n`);
