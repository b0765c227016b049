/** Runs StatisticsGen on the Examples in a folder and prints the peak memory of this process in MB. Started by statistics-memory. */

import { EXECUTORS } from '../../engine/executors';
import { artifactFrom, runExecutor } from '../../testing/run-executor';
import { BENCH_LIMITS, WHOLE_SPLIT } from './taxi-examples';

const examples = artifactFrom('Examples', process.argv[2] ?? '', { splitNames: [WHOLE_SPLIT] });
const executor = await EXECUTORS.StatisticsGen();
await using _run = await runExecutor(executor, { params: {}, inputs: { examples }, limits: BENCH_LIMITS });
console.log(Math.round(process.resourceUsage().maxRSS / 1024));
