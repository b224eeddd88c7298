/**
 * An ESLint rule: what a person reads comes from the message files, so that it can be read in every language. In components any
 * word between tags or in an attribute that is read aloud is reported; elsewhere what looks like a sentence.
 */

/** Attributes of elements and of the page's own components that a person reads or hears. */
const readAttributes = new Set(['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'title', 'placeholder', 'alt', 'label', 'heading', 'caption', 'summary', 'hint', 'text', 'name']);

/** Names and signs that are the same in every language. */
const names = /\b(Litescope|TFLite|LiteRT|TensorFlow(\.js| Lite)?|WebAssembly|WASM|WebGPU|WebNN|JavaScript|SIMD|XNNPACK|JSON|CSV|SVG|PNG|HTML|Netron|Model Explorer|SHA-256|GFLOP\/s|GMAC\/s|GOPS|GB\/s|MB\/s|FLOP|MACs?|IoU|SQNR|MSE|RMSE|PSNR|dB|kB|MB|GB|ms|µs|fps|px|Ctrl|Enter|Esc|int\d+|uint\d+|float\d+|bool|npy|tflite|litert|tfjs|id|min|max)\b/g;

/** Data that reports and code carry, and that is put in words where it is shown. */
const codes = new Set(['at most', 'every run', 'no measurable difference', 'cut off']);

/**
 * What is asked of a node of a script's or a component's syntax tree.
 * @typedef {object} SyntaxNode
 * @property {string} type
 * @property {SyntaxNode | null} [parent]
 * @property {SyntaxNode & { name?: string }} [callee]
 * @property {SyntaxNode | null} [source]
 * @property {readonly SyntaxNode[]} [arguments]
 * @property {string} [operator]
 * @property {SyntaxNode & { name: string }} [key]
 * @property {unknown} [value]
 * @property {readonly { readonly value: { readonly cooked?: string | null } }[]} [quasis]
 */

/** @param {string} text */
const hasWord = (text) => !/^https?:/.test(text) && /\p{L}{2,}/u.test(text.replace(names, ''));
/**
 * Queries, selectors and markup have words, too.
 * @param {string} text
 */
const isSentence = (text) => !codes.has(text) && !/^[(<]|[[\]]/.test(text) && /\p{L}{2,}[,:;.]? \p{L}{2,}/u.test(text.replace(names, 'x'));

/**
 * Whether it is for whoever develops, never for whoever uses: plain errors and those that should never be, paths of modules, data that is compared.
 * @param {SyntaxNode} node
 */
const isForDevelopers = (node) => {
  for (let above = node.parent; above !== undefined && above !== null; above = above.parent) {
    if (above.type === 'NewExpression') return /^(Type|Range)?Error$/.test(above.callee?.name ?? '') || above.arguments?.[0]?.value === 'INTERNAL';
    // What is compared is data.
    if (above.type === 'BinaryExpression' && /^[!=]==$/.test(above.operator ?? '')) return true;
    if (/^(Import|Export).*(Declaration|Expression)$/.test(above.type)) return above.source === node;
    if (/Function|Program|Statement$|TSLiteralType/.test(above.type)) return above.type === 'TSLiteralType';
  }
  return false;
};

/**
 * The attribute that a literal gives its value to; null for one of a script.
 * @param {SyntaxNode} node
 */
const attributeOf = (node) => {
  for (let above = node.parent; above !== undefined && above !== null; above = above.parent) {
    if (above.type === 'SvelteAttribute') return above.key?.name ?? null;
    if (/^Svelte.*(Element|Directive|Block)$/.test(above.type)) return null;
  }
  return null;
};

/** @type {import('eslint').Rule.RuleModule} */
export const literalSentences = {
  meta: { type: 'problem', schema: [], messages: { literal: '“{{text}}” is read by people: it belongs to the message files (src/messages).' } },
  create(context) {
    /** @param {SyntaxNode} node @param {string} text */
    const report = (node, text) => { context.report({ node: /** @type {import('eslint').Rule.Node} */ (/** @type {unknown} */ (node)), messageId: 'literal', data: { text: text.trim().slice(0, 60) } }); };
    /** @param {SyntaxNode} node @param {string} text */
    const check = (node, text) => {
      const attribute = attributeOf(node);
      if (attribute !== null && !readAttributes.has(attribute)) return;
      const found = attribute === null || attribute === 'name' ? isSentence(text) : hasWord(text);
      if (found && !isForDevelopers(node)) report(node, text);
    };
    const listeners = {
      /** @param {SyntaxNode} node */
      SvelteText(node) {
        const text = String(node.value);
        if (node.parent?.type !== 'SvelteStyleElement' && hasWord(text)) report(node, text);
      },
      /** @param {SyntaxNode} node */
      SvelteLiteral(node) { check(node, String(node.value)); },
      /** @param {SyntaxNode} node */
      Literal(node) { if (typeof node.value === 'string') check(node, node.value); },
      /** @param {SyntaxNode} node */
      TemplateLiteral(node) { check(node, (node.quasis ?? []).map(({ value }) => value.cooked ?? '').join('0')); },
    };
    return /** @type {import('eslint').Rule.RuleListener} */ (/** @type {unknown} */ (listeners));
  },
};
