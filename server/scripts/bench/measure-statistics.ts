/** Runs StatisticsGen on the Examples in a folder, in so many MB where that is given, and prints the peak memory of this process in MB. Started by `processPeakMb`. */

import { EXECUTORS } from '../../engine/executors';
import { artifactFrom, runExecutor } from '../../testing/run-executor';
import { BENCH_LIMITS, WHOLE_SPLIT } from './taxi-examples';

const examples = artifactFrom('Examples', process.argv[2] ?? '', { splitNames: [WHOLE_SPLIT] });
const limits = process.argv[3] === undefined ? BENCH_LIMITS : { memoryMb: Number(process.argv[3]), threads: 2 };
const executor = await EXECUTORS.StatisticsGen();
await using _run = await runExecutor(executor, { params: {}, inputs: { examples }, limits });
console.log(Math.round(process.resourceUsage().maxRSS / 1024));
