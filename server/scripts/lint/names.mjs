/** Rules about names, documents and comments. */

import path from 'node:path';

const BANNED = new Set([
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'misc',
  'shared',
  'data2',
  'v2',
  'new',
  'manager',
]);
const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** Dotted suffixes that a file may carry before its extension. */
const SUFFIX = /\.(?:worker|test|spec|test-d|d|config)$/;

/** A wrong name is no line's fault: the whole file would be printed otherwise. */
const FIRST_LINE = { start: { line: 1, column: 0 }, end: { line: 1, column: 1 } };

const fileName = {
  meta: { type: 'problem' },
  create: (context) => ({
    Program() {
      const relative = path.relative(context.cwd, context.filename).split(path.sep);
      const file = relative.at(-1) ?? '';
      const stem = file.slice(0, file.length - path.extname(file).length).replace(SUFFIX, '');
      const folders = relative.slice(0, -1);
      for (const name of [...folders, stem]) {
        if (BANNED.has(name)) {
          context.report({
            loc: FIRST_LINE,
            message: `"${name}" names nothing: name the file or folder after what it holds.`,
          });
        }
      }
      // `.dependency-cruiser.cjs` and the like are named by their tools.
      if (!file.startsWith('.') && !KEBAB.test(stem)) {
        context.report({
          loc: FIRST_LINE,
          message: `"${file}" is not kebab-case with at most one of .worker, .test, .spec, .test-d, .d, .config.`,
        });
      }
    },
  }),
};

const TODO = /\b(?:TODO|FIXME|XXX|HACK)\b/;
const TODO_WITH_CONDITION = /\bTODO\([^)]{3,}\):/;

const todoWithCondition = {
  meta: { type: 'problem' },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        if (TODO.test(comment.value) && !TODO_WITH_CONDITION.test(comment.value)) {
          context.report({ node: comment, message: 'A TODO needs the condition that removes it: TODO(condition): …' });
        }
      }
    },
  }),
};

const SUPPRESSION = /^\s*(?:oxlint|eslint)-disable/;

const suppressionWithReason = {
  meta: { type: 'problem' },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        if (SUPPRESSION.test(comment.value) && !/\s--\s+\S+\s+\S+/.test(comment.value)) {
          context.report({
            node: comment,
            message: 'A suppression names one rule and its reason: oxlint-disable-next-line RULE -- why',
          });
        }
      }
    },
  }),
};

const DECLARATIONS = new Set([
  'FunctionDeclaration',
  'TSDeclareFunction',
  'ClassDeclaration',
  'VariableDeclaration',
  'TSTypeAliasDeclaration',
  'TSInterfaceDeclaration',
]);

const documentedExport = {
  meta: { type: 'problem' },
  create: (context) => {
    let overloadOf;
    return {
      ExportNamedDeclaration(node) {
        const declaration = node.declaration;
        if (!declaration || !DECLARATIONS.has(declaration.type)) return;
        const name = declaration.id?.name ?? declaration.declarations?.[0]?.id?.name ?? 'this';
        // The first signature of an overloaded function carries the document.
        const isOverload = overloadOf === name;
        overloadOf = declaration.type === 'TSDeclareFunction' ? name : undefined;
        if (isOverload) return;
        const above = context.sourceCode.getCommentsBefore(node).at(-1);
        const isDocument = above?.type === 'Block' && above.value.startsWith('*');
        if (!isDocument)
          context.report({ node, message: `Export "${name}" has no TSDoc: one sentence that says what it is.` });
      },
    };
  },
};

export const names = {
  'file-name': fileName,
  'todo-with-condition': todoWithCondition,
  'suppression-with-reason': suppressionWithReason,
  'documented-export': documentedExport,
};
