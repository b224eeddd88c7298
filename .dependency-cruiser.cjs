/**
 * The rooms of src in their one order, from the bottom up: an import never points up and never in a circle, neither
 * from file to file nor from room to room. Type imports count as any other.
 */
const order = [
  'errors', 'stats', 'tensor', 'threads', 'tflite', 'rewrite', 'quantize', 'report', 'vision', 'engine', 'studies',
  'gallery', 'graph', 'inspect', 'share', 'history', 'wording', 'api', 'app', 'main',
];
/** Inside of the engine and its studies the rooms have an order too. */
const inner = {
  engine: ['session/shared', 'builds', 'runtimes', 'stream/shared', 'stream/worker', 'session', 'stream'],
};
module.exports = { order, inner };
