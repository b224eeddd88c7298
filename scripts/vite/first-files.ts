/**
 * What an entry needs at once comes in one file, not in as many as there are ways to share parts of it with what comes
 * later. What a translation needs stands apart: beside workers' own files each worker would have a translation of its own.
 *
 * @param name of that file
 * @param test of what belongs to it, where there are several entries
 */
export function oneFirstFile(name: string, test = /./) {
  return {
    output: {
      codeSplitting: {
        groups: [{ name: 'messages', test: /src\/messages\/(format|language|messages)\.ts$/ }, { name, test, tags: ['$initial' as const] }],
      },
    },
  };
}
