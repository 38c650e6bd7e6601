import type { ImageArray } from '../analysis/image-arrays.js';
import type { ImageList } from '../analysis/image-lists.js';
import { type Loader, targetsOf } from '../analysis/image-loader.js';
import type { KerasInputs } from '../analysis/keras-inputs.js';
import type { ImageDataset } from '../analysis/lazy-dataset.js';
import type { Program } from '../analysis/program.js';
import type { Expression, Statement } from '../python/ast.js';
import { parenthesizedSpan } from '../python/parentheses.js';
import { namesIn } from '../python/walk.js';
import { sourceOffset } from '../text/offset.js';
import type { Code, Intent } from './contract.js';
import { comprehensionOf } from './generator-code.js';

/** The modules that the class needs. */
export const NEEDED_MODULES = ['collections.abc', 'functools'] as const;

/** How many images the class keeps besides those that the notebook holds. */
export const KEPT_IMAGES = 4;

/** The class, by its name, with what it imports. */
export function classCode(name: string): string {
  return `${NEEDED_MODULES.map((module) => `import ${module}`).join('\n')}


class ${name}(collections.abc.Sequence):
    """Images by the names of their files: each is loaded when it is asked for, and the last few that were indexed are kept."""

    def __init__(self, load, names=()):
        self.names = list(names)
        self.load = functools.lru_cache(maxsize=${KEPT_IMAGES})(load)

    def __len__(self):
        return len(self.names)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return ${name}(self.load.__wrapped__, self.names[index])
        return self.load(self.names[index])

    def __iter__(self):
        return map(self.load.__wrapped__, self.names)`;
}

/** What the class of data sets needs besides. */
export const DATASET_MODULE = 'torch.utils.data';

/** The class of data sets, by its name. */
export function datasetCode(name: string): string {
  return `import ${DATASET_MODULE}


class ${name}(torch.utils.data.Dataset):
    """Samples like those of a TensorDataset; the first part of each is made of its image when it is asked for."""

    def __init__(self, images, convert, *tensors):
        self.images = images
        self.convert = convert
        self.tensors = tensors

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        images = self.convert(self.images[index:index + 1])
        return (images[0], *(tensor[index] for tensor in self.tensors))`;
}

/** The modules that the class of a model's inputs needs besides Keras. */
export const INPUTS_MODULES = ['math', 'numpy'] as const;

/** The class of a model's inputs, by its name and the module that Keras is. */
export function inputsCode(name: string, library: string): string {
  const [module = library] = library.split('.');
  return `${[...INPUTS_MODULES, module].map((one) => `import ${one}`).join('\n')}


class ${name}(${library}.utils.Sequence):
    """A model's inputs and targets in batches; the inputs are made of their images when a batch is asked for."""

    def __init__(self, images, convert, *targets, batch_size=None, shuffle=False):
        super().__init__()
        if any(len(target) != len(images) for target in targets):
            raise ValueError(f'{len(images)} images, and not as many targets')
        self.images = images
        self.convert = convert
        self.targets = [self.cast(target) for target in targets]
        self.batch_size = batch_size or 32
        self.order = numpy.arange(len(images))
        self.random = numpy.random.default_rng() if shuffle else None
        self.on_epoch_end()

    def cast(self, array):
        is_float = array.dtype.kind == 'f'
        return array.astype(${library}.backend.floatx()) if is_float else array

    def on_epoch_end(self):
        if self.random is not None:
            self.random.shuffle(self.order)

    def __len__(self):
        return math.ceil(len(self.images) / self.batch_size)

    def __getitem__(self, index):
        batch = self.order[index * self.batch_size:(index + 1) * self.batch_size]
        images = self.cast(self.convert([self.images[at] for at in batch]))
        return (images, *(target[batch] for target in self.targets))`;
}

/** The names that the new code has. */
export interface NewNames {
  readonly class: string;
  readonly function: string;
}

/** Whether the name of the array holds the sequence of the images from here on: the list has none, or not for long enough. */
export const keepsName = ({ use, named, outlivesList }: ImageArray): boolean =>
  named !== null && (use.kind !== 'Name' || outlivesList);

/** What stands in the place of an array of all images. */
interface Source {
  /** The sequence, where a batch is made of it. */
  readonly images: Code;
  /** What was computed of the list, of `images`. */
  readonly computed: string;
  /** What makes the sequence, and gives it a name. */
  readonly made: readonly Intent[];
}

/** @param list what makes the sequence of the list */
function sourceOf(program: Program, array: ImageArray, list: readonly Intent[]): Source {
  const { use, whole, named } = array;
  const { source } = program.cellOf(whole).cell;
  const computed = `${source.slice(whole.start, use.start)}images${source.slice(use.end, whole.end)}`;
  const inline = list.flatMap((intent): Code => (intent.type === 'replaceExpression' ? intent.code : []));
  const isKept = keepsName(array);
  const own: Code = use.kind === 'Name' ? [use.id] : inline;
  const holder = isKept ? idOf(named) : null;
  return {
    images: holder === null ? own : [holder],
    computed,
    made: [
      ...(use.kind === 'Name' ? list : []),
      ...(isKept ? [{ type: 'replaceExpression', node: whole, code: own } as const] : []),
    ],
  };
}

/**
 * What makes a data set that loads its images itself.
 *
 * @param list what makes the sequence of the list
 */
export function asDataset(
  program: Program,
  { array, made }: ImageDataset,
  name: string,
  list: readonly Intent[],
): readonly Intent[] {
  const source = sourceOf(program, array, list);
  const others = made.args.slice(1).flatMap((node): Code => [', ', { node }]);
  return [
    ...source.made,
    ...dropped(array),
    {
      type: 'replaceExpression',
      node: made,
      code: [`${name}(`, ...source.images, `, lambda images: ${source.computed}`, ...others, ')'],
    },
  ];
}

/** The statement that nothing needs where the list itself is read. */
const dropped = (array: ImageArray): readonly Intent[] =>
  array.named === null || keepsName(array) ? [] : [{ type: 'drop', statement: array.named }];

/**
 * What gives models their inputs batch by batch.
 *
 * @param names what the class is called, and the function that makes the inputs of one batch, where several calls need it
 * @param list what makes the sequence of the list
 */
export function asInputs(
  program: Program,
  { array, uses }: KerasInputs,
  names: NewNames,
  list: readonly Intent[],
): readonly Intent[] {
  const { images, computed, made } = sourceOf(program, array, list);
  const isShared = uses.length > 1;
  const convert = isShared ? names.function : `lambda images: ${computed}`;
  const calls = uses.map((one): Intent => {
    const code: Code = [
      `${names.class}(`,
      ...images,
      `, ${convert}`,
      ...(one.targets === null ? [] : [', ', { node: one.targets }]),
      ...(one.batchSize === null ? [] : [', batch_size=', { node: one.batchSize }]),
      ...(one.type === 'inputs' && one.isShuffled ? [', shuffle=True'] : []),
      ')',
    ];
    if (one.type === 'validation') return { type: 'replaceExpression', node: one.pair, code };
    // One argument a line, where the author has written it so.
    const isTall = /^\(\s*\n/.test(program.cellOf(one.call).cell.source.slice(one.call.argumentSpan.start));
    const [open, between, close] = isTall ? ['(\n    ', ',\n    ', ',\n)'] : ['(', ', ', ')'];
    const others = one.others.flatMap(({ name, value }): Code => [`${between}${name?.id}=`, { node: value }]);
    return {
      type: 'replaceExpression',
      node: one.call,
      code: [{ node: one.call.func }, open, ...code, ...others, close],
    };
  });
  const { named } = array;
  if (named === null || !isShared) return [...made, ...dropped(array), ...calls];
  const definition = `${gapBefore(program, named)}def ${names.function}(images):\n    return ${computed}`;
  const code: Code = keepsName(array) ? [`${definition}\n\n\n`, { node: named }] : [definition];
  return [...made, { type: 'replaceStatements', statements: [named], code }, ...calls];
}

/**
 * What makes the sequence of the list; where the class stands is another question.
 *
 * @param drops the statements of the loop that nothing needs any more
 */
export function listAsLazyImages(
  program: Program,
  list: ImageList,
  names: NewNames,
  drops: readonly Statement[],
): readonly Intent[] {
  const { loader } = list;
  if (list.how === 'comprehension') {
    const load = expressionOf(program, loader);
    const code: Code = [`${names.class}(${load}, `, ...namesOf(program, list), ')'];
    return [{ type: 'replaceExpression', node: list.node, code }];
  }
  const { start, appends } = list;
  const name = start.target.id;
  const isExpression = returned(loader).steps.length === 0;
  const load = isExpression ? expressionOf(program, loader) : names.function;
  const made: Intent = {
    type: 'replaceExpression',
    node: start.value,
    code: [`${names.class}(${load})`],
  };
  const gap = list.scope === null ? '\n\n\n' : '\n';
  const { statement } = start;
  const defined: Intent = {
    type: 'replaceStatements',
    statements: [statement],
    code: [
      `${gapBefore(program, statement)}${functionOf(program, loader, names.function)}${gap}`,
      { node: statement },
    ],
  };
  return [
    ...(isExpression ? [] : [defined]),
    made,
    ...[...new Set(drops)].map((dropped): Intent => ({ type: 'drop', statement: dropped })),
    ...appends.map((append): Intent => {
      const file = textIn(program, append.loader.file, append.loader, null);
      return {
        type: 'replaceStatements',
        statements: [append.statement],
        code: [`${name}.names.append(${file})`],
      };
    }),
  ];
}

/** The name that the statement binds; null where there is no such statement. */
export function idOf(named: Statement | null): string | null {
  const target = named?.kind === 'Assign' ? named.targets[0] : undefined;
  return target?.kind === 'Name' ? target.id : null;
}

/** The empty lines that are missing above a function which takes the place of a statement at the top level. */
function gapBefore(program: Program, statement: Statement): string {
  const above = program.cellOf(statement).cell.source.slice(0, statement.start);
  if (above.trim() === '' || !above.endsWith('\n')) return '';
  const blank = (/\n((?:[ \t]*\n)*)$/.exec(above)?.[1] ?? '').split('\n').length - 1;
  return '\n'.repeat(Math.max(0, 2 - blank));
}

/** Whether all images of the list are made in the same way. */
export function hasOneLoader(program: Program, list: ImageList): boolean {
  if (list.how === 'comprehension') return true;
  const texts = list.appends.map(({ loader }) => functionOf(program, loader, 'load', 'file'));
  return (
    new Set(texts).size === 1 &&
    list.appends.every(
      ({ loader }) =>
        parameterOf(loader) === parameterOf(list.loader) || loader.steps.every(({ kind }) => kind !== 'If'),
    )
  );
}

/** The names of the files, in the order of the list. */
function namesOf(program: Program, list: Extract<ImageList, { how: 'comprehension' }>): Code {
  const { node, loader } = list;
  const [clause, ...others] = node.clauses;
  const isPlain =
    others.length === 0 &&
    clause?.ifs.length === 0 &&
    clause.target.kind === 'Name' &&
    loader.file.kind === 'Name' &&
    loader.file.id === clause.target.id;
  if (isPlain && clause !== undefined) return [{ node: clause.iter }];
  return comprehensionOf(program, node, [{ node: loader.file }], ['[', ']']);
}

/** `return value` and the steps before it, where the last step is no more than a name for the value. */
function returned({ steps, value }: Loader): Pick<Loader, 'steps' | 'value'> {
  const last = steps.at(-1);
  const isName = value.kind === 'Name' && last?.kind === 'Assign' && last.targets[0]?.kind === 'Name';
  if (!isName || last === undefined || targetsOf(last)[0] !== value.id) return { steps, value };
  return { steps: steps.slice(0, -1), value: last.value };
}

/** The loader as one expression: the function that reads, or a lambda. */
function expressionOf(program: Program, loader: Loader): string {
  const { read } = loader;
  const { value } = returned(loader);
  if (value === read && read.args.length === 1 && read.keywords.length === 0)
    return textIn(program, read.func, loader, null);
  const parameter = parameterOf(loader);
  return `lambda ${parameter}: ${textIn(program, value, loader, parameter)}`;
}

/** `def name(path): ...` */
function functionOf(program: Program, loader: Loader, name: string, parameter = parameterOf(loader)): string {
  const { steps, value } = returned(loader);
  const lines = [
    ...steps.map((step) => textIn(program, step, loader, parameter)),
    `return ${textIn(program, value, loader, parameter)}`,
  ];
  return `def ${name}(${parameter}):\n    ${lines.map((line) => line.replaceAll('\n', '\n    ')).join('\n    ')}`;
}

/** What the name of the file is called in the loader: as in the notebook, where that is a name. */
function parameterOf({ file, steps, value }: Loader): string {
  if (file.kind === 'Name') return file.id;
  const taken = new Set([value, ...steps].flatMap((node) => [...namesIn(node)]));
  return ['path', 'file', 'name'].find((one) => !taken.has(one)) ?? 'image_path';
}

/** The author's text of the node, with the parameter in place of the file's name; its further lines as far in as its first. */
function textIn(
  program: Program,
  node: Expression | Statement,
  { file, read }: Loader,
  parameter: string | null,
): string {
  const { source } = program.cellOf(node).cell;
  const lineStart = source.lastIndexOf('\n', node.start - 1) + 1;
  const indent = /^[ \t]*/.exec(source.slice(lineStart))?.[0] ?? '';
  const isInside = parameter !== null && node.start <= file.start && file.end <= node.end;
  const { start, end } = read.argumentSpan;
  const named = parenthesizedSpan(file, source, {
    start: sourceOffset(start + 1),
    end: sourceOffset(end - 1),
  });
  const text = isInside
    ? `${source.slice(node.start, named.start)}${parameter}${source.slice(named.end, node.end)}`
    : source.slice(node.start, node.end);
  return text.replaceAll(`\n${indent}`, '\n');
}
