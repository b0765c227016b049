/** Entry of a node process for tests: test components beside the shipped ones, and crash points. */

import { EXECUTORS } from '../engine/executors';
import { serveTasks } from '../worker/node-host';
import { TEST_EXECUTORS } from './components/executors';
import { crashPointFrom } from './crash-point';

serveTasks({ executors: { ...EXECUTORS, ...TEST_EXECUTORS }, crashPoint: crashPointFrom(process.env) });
