/** Entry of the program `sluice-node`: the shipped components and nothing else. */

import { EXECUTORS } from '../engine/executors';
import type { ExecutorRegistry } from '../engine/run-node';
import { serveTasks } from './node-host';

serveTasks({ executors: EXECUTORS satisfies ExecutorRegistry });
