export interface MarkedPart {
  /** The mark's name; null for what stands between marks. */
  readonly mark: string | null;
  readonly text: string;
}

/** Takes a message such as `Press <key>Enter</key> to run.` apart. Marks do not nest, and a sign that makes no mark is text. */
export function markedParts(message: string): readonly MarkedPart[] {
  const parts: MarkedPart[] = [];
  let end = 0;
  // WebKit finds nothing by a pattern that asks for the same name again.
  for (const { 0: whole, 1: mark = '', 2: text = '', 3: closed, index } of message.matchAll(/<([a-z]+)>([^<]*)<\/([a-z]+)>/g)) {
    if (closed !== mark) continue;
    if (index > end) parts.push({ mark: null, text: message.slice(end, index) });
    parts.push({ mark, text });
    end = index + whole.length;
  }
  if (end < message.length) parts.push({ mark: null, text: message.slice(end) });
  return parts;
}
