/** Entry of the program `sluice-node`: the shipped components and nothing else. */

import { EXECUTORS } from '../engine/executors';
import { serveTasks } from './node-host';

serveTasks({ executors: EXECUTORS });
