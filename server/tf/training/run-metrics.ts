/** The lines of a run, appended to a file that a resumed training cuts back to where its checkpoint was made. */

import { appendFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { MODEL_RUN_FILE, type ModelRunLine } from '../../../lib/artifact/model-run';

/** See the module. */
export class RunMetrics {
  readonly file: string;
  private pending: string[] = [];

  private constructor(
    folder: string,
    private bytes: number,
  ) {
    this.file = path.join(folder, MODEL_RUN_FILE);
  }

  /** Opens the file in `folder`, as long as it was when `bytes` were written; 0 begins it. */
  static async open(folder: string, bytes: number): Promise<RunMetrics> {
    const metrics = new RunMetrics(folder, bytes);
    if (bytes === 0) await writeFile(metrics.file, '');
    else await truncate(metrics.file, bytes);
    return metrics;
  }

  /** Adds a line, which {@link flush} writes. */
  add(line: ModelRunLine): void {
    this.pending.push(`${JSON.stringify(line)}\n`);
  }

  /** Writes what was added; returns the length of the file in bytes. */
  async flush(): Promise<number> {
    if (this.pending.length > 0) {
      const text = this.pending.join('');
      this.pending = [];
      await appendFile(this.file, text);
      this.bytes += Buffer.byteLength(text);
    }
    return this.bytes;
  }
}
