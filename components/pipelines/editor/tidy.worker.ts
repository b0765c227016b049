/** The layout kernel, in a worker of its own: importing it there makes it answer messages. */
import 'elkjs/lib/elk-worker.min.js';
