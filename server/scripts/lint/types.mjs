/** Rules about types and purity. */

const noDoubleCast = {
  meta: { type: 'problem' },
  create: (context) => ({
    TSAsExpression(node) {
      const inner = node.expression;
      if (inner.type !== 'TSAsExpression') return;
      const through = inner.typeAnnotation.type;
      if (through === 'TSUnknownKeyword' || through === 'TSAnyKeyword') {
        context.report({
          node,
          message: 'A cast through unknown hides a mistake: parse, narrow, or correct the type.',
        });
      }
    },
  }),
};

const noEnum = {
  meta: { type: 'problem' },
  create: (context) => ({
    TSEnumDeclaration(node) {
      context.report({ node, message: 'No enum: an `as const` table and a union of its keys.' });
    },
  }),
};

const CLOCKS = { Date: new Set(['now']), Math: new Set(['random']), performance: new Set(['now']) };

/** What the purity compiler of `lib` cannot see: the language's own clock and dice. */
const pure = {
  meta: { type: 'problem' },
  create: (context) => {
    const report = (node, what) =>
      context.report({
        node,
        message: `${what} in lib: clock and randomness are passed in, so that the same input gives the same output.`,
      });
    return {
      MemberExpression(node) {
        const { object, property } = node;
        if (object.type !== 'Identifier' || !Object.hasOwn(CLOCKS, object.name)) return;
        const name = property.name ?? property.value;
        if (CLOCKS[object.name].has(name)) report(node, `${object.name}.${name}`);
      },
      NewExpression(node) {
        if (node.callee.name === 'Date' && node.arguments.length === 0) report(node, 'new Date()');
      },
      CallExpression(node) {
        if (node.callee.type === 'Identifier' && node.callee.name === 'Date') report(node, 'Date()');
      },
    };
  },
};

export const types = { 'no-double-cast': noDoubleCast, 'no-enum': noEnum, pure };
