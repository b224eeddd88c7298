/**
 * The one list of rooms, from the bottom up. An import never points up and never goes in a circle, neither from file to
 * file nor from room to room; imports of types count as any other.
 */
const rooms = [
  'messages', 'errors', 'stats', 'tensor', 'text', 'threads', 'tflite', 'rewrite', 'quantize', 'compiler', 'report', 'vision', 'audio', 'recognition', 'engine', 'studies',
  'gallery', 'graph', 'inspect', 'share', 'history', 'golden', 'offline', 'wording', 'api', 'app', 'main',
];

/** The same inside of rooms: parts that are named nowhere stand wherever what they use allows. Later lists of a room cut it another way. */
const parts = {
  tflite: [['format', 'metadata', 'constants', 'analysis']],
  compiler: [['emit', 'kernels', 'plan']],
  vision: [['shared', 'frames', '(drawing|decoders|sources)', '(smoothing|agreement|pipelines)']],
  engine: [['configuration', 'builds', 'runtimes', 'stream', 'session', 'live']],
  studies: [
    ['progress', 'bench', '(roofline|profile)', 'cross-check', 'accuracy', 'variants'],
    // What a session's worker is asked for comes from the studies; their pages then ask it.
    ['progress', '(?!session/).*/(shared|worker)', 'worker', 'session', '(?!session/).*/page'],
  ],
  graph: [['model', 'layout', 'drawing']],
  inspect: [['(describe|values)', 'diff', 'shared', '(worker|page)']],
};

/** Rooms that know neither DOM nor worker and run in Node as they are. */
const pure = ['messages', 'errors', 'stats', 'tensor', 'text', 'tflite', 'rewrite', 'quantize', 'compiler', 'report'];

const inRooms = (names) => `^src/(${names.join('|')})(/|\\.ts$)`;
const isTest = '\\.test\\.ts$|/testing/';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-circle', severity: 'error', from: { pathNot: isTest }, to: { circular: true } },
    ...rooms.slice(0, -1).map((room, place) => ({
      name: `nothing-above-${room}`,
      comment: 'An import never points up: see the list of rooms in .dependency-cruiser.mjs.',
      severity: 'error',
      from: { path: inRooms([room]), pathNot: isTest },
      to: { path: inRooms(rooms.slice(place + 1)) },
    })),
    ...Object.entries(parts).flatMap(([room, lists]) => lists.flatMap((list) => list.slice(0, -1).map((part, place) => ({
      name: `nothing-above-${room}/${part}`,
      severity: 'error',
      from: { path: `^src/${room}/${part}(/|\\.ts$)`, pathNot: isTest },
      to: { path: `^src/${room}/(${list.slice(place + 1).join('|')})(/|\\.ts$)` },
    })))),
    {
      name: 'every-file-in-a-room',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/', pathNot: [inRooms(rooms), '^src/global\\.d\\.ts$'] },
    },
    {
      name: 'no-page-in-workers',
      comment: 'What a worker or both threads run never needs what only the page runs.',
      severity: 'error',
      from: { path: '/(worker|shared)/', pathNot: isTest },
      to: { path: '/page/|^src/app/' },
    },
    {
      name: 'only-types-of-workers',
      comment: 'The page knows of a worker only what it can be asked for.',
      severity: 'error',
      from: { path: '^src/(?!.*/worker/)', pathNot: isTest },
      to: { path: '/worker/', dependencyTypesNot: ['type-only', 'type-import'] },
    },
    { name: 'no-worker-in-shared', severity: 'error', from: { path: '/shared/', pathNot: isTest }, to: { path: '/worker/' } },
    { name: 'pure-rooms-stay-pure', severity: 'error', from: { path: inRooms(pure), pathNot: isTest }, to: { dependencyTypes: ['core'] } },
    { name: 'the-command-line-needs-no-page', severity: 'error', from: { path: '^cli/', pathNot: isTest }, to: { path: '^src/app/', dependencyTypesNot: ['type-only'] } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    includeOnly: '^(src|cli)/',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.svelte.ts', '.svelte', '.mjs', '.js', '.json'] },
    progress: { type: 'none' },
  },
};
