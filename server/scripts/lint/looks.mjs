/** Rules about looks: colours, stacking and styles come from the design tokens, never from a component. */

const HUES =
  'slate|gray|zinc|neutral|stone|red|orange|amber|yellow|lime|green|emerald|teal|cyan|sky|blue|indigo|violet|purple|fuchsia|pink|rose';
const PALETTE_CLASS = new RegExp(
  `(?:^|[\\s:])-?(?:bg|text|border|ring|fill|stroke|outline|shadow|from|via|to|accent|caret|decoration|divide|placeholder)-(?:(?:${HUES})-\\d{2,3}|white|black)(?![\\w-])`,
);
const HEX = /#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![\w-])/i;
const COLOUR_FUNCTION = /\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(\s*[\d.]/i;
const ARBITRARY_Z = /(?:^|[\s:])-?z-(?:\[|\d)/;

function eachText(report) {
  return {
    Literal(node) {
      if (typeof node.value === 'string') report(node, node.value);
    },
    TemplateElement(node) {
      report(node, node.value.raw);
    },
    JSXText(node) {
      // Words on the screen are not styles.
      void node;
    },
  };
}

const noRawColour = {
  meta: { type: 'problem' },
  create: (context) =>
    eachText((node, text) => {
      const found = PALETTE_CLASS.exec(text) ?? HEX.exec(text) ?? COLOUR_FUNCTION.exec(text);
      // `#top` and `/page#abc` are addresses, not colours.
      if (found === null || isAddress(node)) return;
      context.report({
        node,
        message: `Raw colour "${found[0].trim()}": use a token of app/globals.css, so that both themes and contrast stay right.`,
      });
    }),
};

function isAddress(node) {
  return node.parent?.type === 'JSXAttribute' && node.parent.name.name === 'href';
}

const noArbitraryZIndex = {
  meta: { type: 'problem' },
  create: (context) => ({
    ...eachText((node, text) => {
      if (ARBITRARY_Z.test(text))
        context.report({ node, message: 'z-index by number: overlays stack by layer order, not by a number.' });
    }),
    Property(node) {
      if (node.key.name === 'zIndex' || node.key.value === 'z-index' || node.key.value === 'zIndex') {
        context.report({ node, message: 'z-index by number: overlays stack by layer order, not by a number.' });
      }
    },
  }),
};

const noInlineStyle = {
  meta: { type: 'problem' },
  create: (context) => ({
    JSXAttribute(node) {
      if (node.name.name !== 'style' || onlySetsVariables(node.value)) return;
      context.report({
        node,
        message: 'Inline style: use a class. A value that only data knows goes through a CSS variable ("--bar-width").',
      });
    },
  }),
};

/** `style={{ '--bar-width': … }}`, with or without a cast, is how data reaches a class. */
function onlySetsVariables(value) {
  let expression = value?.type === 'JSXExpressionContainer' ? value.expression : undefined;
  while (expression?.type === 'TSAsExpression' || expression?.type === 'TSSatisfiesExpression')
    expression = expression.expression;
  if (expression?.type !== 'ObjectExpression' || expression.properties.length === 0) return false;
  return expression.properties.every(
    (property) =>
      property.type === 'Property' && typeof property.key.value === 'string' && property.key.value.startsWith('--'),
  );
}

export const looks = {
  'no-raw-colour': noRawColour,
  'no-arbitrary-z-index': noArbitraryZIndex,
  'no-inline-style': noInlineStyle,
};
