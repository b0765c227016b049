/** Rules about tests: they wait for what they need to see, and they run the real modules. */

const SLEEP_NAMES = new Set(['sleep', 'delay', 'wait', 'pause']);

const noSleep = {
  meta: { type: 'problem' },
  create: (context) => {
    const report = (node) =>
      context.report({
        node,
        message: 'A test never sleeps: wait for the state it needs (expect.poll, vi.waitFor, eventually).',
      });
    return {
      ImportDeclaration(node) {
        if (node.source.value === 'node:timers/promises' || node.source.value === 'timers/promises') report(node);
      },
      CallExpression(node) {
        const { callee } = node;
        if (callee.type === 'MemberExpression' && callee.property.name === 'waitForTimeout') report(node);
        if (callee.type === 'Identifier' && SLEEP_NAMES.has(callee.name)) report(node);
        if (callee.type === 'Identifier' && callee.name === 'setTimeout' && onlyResolves(node)) report(node);
      },
    };
  },
};

/** `new Promise((resolve) => setTimeout(resolve, 100))` and its longer forms. */
function onlyResolves(call) {
  const callback = call.arguments[0];
  const executor = enclosingExecutor(call);
  const resolve = executor?.params[0]?.name;
  if (resolve === undefined) return false;
  if (callback?.type === 'Identifier') return callback.name === resolve;
  const body = callback?.body?.type === 'BlockStatement' ? callback.body.body[0]?.expression : callback?.body;
  return body?.type === 'CallExpression' && body.callee.name === resolve && body.arguments.length === 0;
}

function enclosingExecutor(node) {
  for (let at = node.parent; at; at = at.parent) {
    const isFunction = at.type === 'ArrowFunctionExpression' || at.type === 'FunctionExpression';
    if (isFunction && at.parent?.type === 'NewExpression' && at.parent.callee.name === 'Promise') return at;
  }
  return undefined;
}

const noMockOfOwnModule = {
  meta: { type: 'problem' },
  create: (context) => ({
    CallExpression(node) {
      const { callee } = node;
      if (callee.type !== 'MemberExpression' || callee.object.name !== 'vi') return;
      if (!['mock', 'doMock', 'hoisted'].includes(callee.property.name)) return;
      const target = node.arguments[0]?.value ?? node.arguments[0]?.source?.value;
      if (typeof target === 'string' && !target.startsWith('.') && !target.startsWith('@/')) return;
      context.report({
        node,
        message: 'Our own modules are never mocked: replace at a port (storage, clock) or run the real one.',
      });
    },
  }),
};

export const tests = { 'no-sleep': noSleep, 'no-mock-of-own-module': noMockOfOwnModule };
