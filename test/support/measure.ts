/**
 * The house in numbers, for `npm run measure`: how much there is, how long its files and functions are, what
 * is exported for one other file, and how many files each of ARCHITECTURE's flows goes through.
 */
import { readFileSync } from 'node:fs';
import ts from 'typescript';

const config = ts.getParsedCommandLineOfConfigFile(
  'tsconfig.json',
  {},
  { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
);
if (!config) throw new Error('tsconfig.json can’t be read');
const service = ts.createLanguageService({
  getCurrentDirectory: ts.sys.getCurrentDirectory,
  readFile: ts.sys.readFile,
  fileExists: ts.sys.fileExists,
  getScriptFileNames: () => config.fileNames,
  getScriptVersion: () => '0',
  getScriptSnapshot: (file) =>
    ts.sys.fileExists(file) ? ts.ScriptSnapshot.fromString(readFileSync(file, 'utf8')) : undefined,
  getCompilationSettings: () => config.options,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
});
const own = new Set(
  config.fileNames.filter((file) => file.includes('/src/') && !file.includes('/generated/')),
);

/** The value under which a share of the values lies. */
const under = (share: number, values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;

const spread = (values: readonly number[]) =>
  `median ${under(0.5, values)}, p90 ${under(0.9, values)}`;

function linesOf(source: ts.SourceFile, node: ts.Node): number {
  const line = (position: number) => source.getLineAndCharacterOfPosition(position).line;
  return line(node.end) - line(node.getStart(source)) + 1;
}

/** Functions that have a name: declared, a method, or what a constant or a property holds. */
function functionsIn(source: ts.SourceFile): number[] {
  const lengths: number[] = [];
  const walk = (node: ts.Node): void => {
    const isHeld =
      (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) &&
      (ts.isVariableDeclaration(node.parent) || ts.isPropertyAssignment(node.parent));
    if (isHeld || ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) {
      lengths.push(linesOf(source, node));
    }
    ts.forEachChild(node, walk);
  };
  ts.forEachChild(source, walk);
  return lengths;
}

/** How many other files of src use each function and constant that a file exports. */
function usersOf(file: string, source: ts.SourceFile): number[] {
  return source.statements.flatMap((statement) => {
    const isExported = ts.canHaveModifiers(statement)
      ? ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
      : false;
    if (!isExported) return [];
    const declarations: readonly (ts.FunctionDeclaration | ts.VariableDeclaration)[] =
      ts.isFunctionDeclaration(statement)
        ? [statement]
        : ts.isVariableStatement(statement)
          ? statement.declarationList.declarations
          : [];
    return declarations.flatMap(({ name }) => {
      if (!name) return [];
      const references = service.getReferencesAtPosition(file, name.getStart(source)) ?? [];
      const users = new Set(references.map(({ fileName }) => fileName));
      return [[...users].filter((user) => user !== file && own.has(user)).length];
    });
  });
}

const files: number[] = [];
const functions: number[] = [];
const users: number[] = [];
for (const file of own) {
  const source = service.getProgram()?.getSourceFile(file);
  if (!source) continue;
  files.push(source.getLineStarts().length - 1);
  functions.push(...functionsIn(source));
  users.push(...usersOf(file, source));
}

process.stdout.write(`files                       ${files.length}
lines                       ${files.reduce((sum, lines) => sum + lines, 0)}
lines of a file             ${spread(files)}
functions with a name       ${functions.length}
lines of a function         ${spread(functions)}
exported functions, values  ${users.length}
  used by one other file    ${users.filter((count) => count === 1).length}
`);

const [, flows = ''] = readFileSync('ARCHITECTURE.md', 'utf8').split('## Five flows');
for (const [, name = '', steps = ''] of flows.matchAll(
  /^\*\*(.+?)\.?\*\*([\s\S]*?)(?=^\*\*|^## )/gm,
)) {
  const named = new Set(steps.match(/`[\w/-]+\.ts`/g));
  process.stdout.write(`${name.padEnd(28)}${named.size} files\n`);
}
