import { Consumers } from '../src/analysis/consumption.js';
import { type EagerList, EagerLists } from '../src/analysis/eager-list.js';
import { type ImageArray, ImageArrays } from '../src/analysis/image-arrays.js';
import { type Append, type ImageList, ImageLists } from '../src/analysis/image-lists.js';
import { type Loader, type Step, targetsOf } from '../src/analysis/image-loader.js';
import { ImageUses } from '../src/analysis/image-uses.js';
import { type KerasInputs, KerasInputsFinder } from '../src/analysis/keras-inputs.js';
import type { Obstacle } from '../src/analysis/late.js';
import { LateEvaluation } from '../src/analysis/late-evaluation.js';
import { countNames, isLazyAlready, LaterLoading } from '../src/analysis/later-loading.js';
import { type ImageDataset, ImageDatasets } from '../src/analysis/lazy-dataset.js';
import { NameUses } from '../src/analysis/name-uses.js';
import { NotebookTree } from '../src/analysis/notebook-tree.js';
import type { Program } from '../src/analysis/program.js';
import { SideEffects } from '../src/analysis/side-effects.js';
import { Variables } from '../src/analysis/variables.js';
import type { Comprehension, Node } from '../src/python/ast.js';
import { contains, findAll } from '../src/python/walk.js';
import type { Change, Effect, Finding, Intent, Transform } from '../src/refactor/contract.js';
import { listAsGenerator } from '../src/refactor/generator-code.js';
import {
  asDataset,
  asInputs,
  classCode,
  DATASET_MODULE,
  datasetCode,
  hasOneLoader,
  INPUTS_MODULES,
  idOf,
  inputsCode,
  KEPT_IMAGES,
  keepsName,
  listAsLazyImages,
  NEEDED_MODULES,
} from '../src/refactor/lazy-images-code.js';

/** A list of loaded images becomes a list of the names of their files, and a loader. */
export const lazyImages: Transform = {
  id: 'lazy-images',
  summary: 'a list of loaded images becomes a list of file names and a loader',
  explanation: `\
A list of images takes as much memory as all of them together, though a notebook looks at one after the other. Their names
take next to nothing.

    images = [cv2.imread(name) for name in names]
    for image in images[:3]:
        plt.imshow(image)

becomes

    images = LazyImages(cv2.imread, names)
    for image in images[:3]:
        plt.imshow(image)

\`LazyImages\` is a class of a dozen lines that is put below the notebook's imports: it has a length, can be indexed, sliced and
gone through as often as one likes, loads an image when it is asked for, and keeps the last ${KEPT_IMAGES}. A list that a loop fills
keeps its loop: \`images.append(image)\` becomes \`images.names.append(name)\`, and the steps from the file to the image become
a function. A list that is gone through once, at once, becomes a generator and needs no class.

What reads: \`cv2.imread\`, \`PIL.Image.open\`, \`imread\` of matplotlib, imageio, scikit-image and tifffile, \`load_img\` of Keras,
\`np.load\`, and functions of the notebook that give what these read. Reading takes time again: a notebook that goes through
its images ten times reads them ten times.

It refuses where an image that is loaded again could be told from the one that was there: where an image is changed in place or
kept elsewhere, goes to a function that nobody knows or is asked for its identity; where the list is appended to, sorted, shown or
put into an array (\`np.array(images)\` needs all of them: \`tf.data\` and \`torch.utils.data.Dataset\` load them batch by batch);
where the files, the working directory or what the loader reads may change before the last image is loaded. An array that goes to
\`TensorDataset\` and \`DataLoader\` of PyTorch alone, or to \`fit\`, \`evaluate\` and \`predict\` of a model of Keras, is the exception: what takes its
place loads the images of a batch. \`fit\` shuffles the samples unless it is told not to, and draws another order for a data set: such a change is unsafe. A list of
\`Image.open\` that is asked for sizes alone is left: Pillow has read no more than the headers. That names name files, which
nobody else changes while the notebook runs, is taken for granted.
`,

  *find(program) {
    const search = new Search(program);
    for (const list of search.images.all()) {
      if ('obstacle' in list) yield { type: 'refusal', at: list.at, ...list.obstacle };
      else yield search.judge(list);
    }
  },
};

/** What gives the images batch by batch, where an array of all of them was. */
interface Batches {
  /** The name of the class, where no other name is in the way. */
  readonly base: string;
  readonly code: (name: string) => string;
  /** @param list what makes the sequence of the list */
  readonly intents: (name: string, list: readonly Intent[]) => readonly Intent[];
  readonly reason: string;
  readonly effect: Effect;
  /** Names of what loads later. */
  readonly later: readonly string[];
  readonly array: ImageArray;
}

class Search {
  readonly images: ImageLists;
  readonly #program: Program;
  readonly #tree: NotebookTree;
  readonly #effects: SideEffects;
  readonly #names: NameUses;
  readonly #loading: LaterLoading;
  readonly #arrays: ImageArrays;
  readonly #datasets: ImageDatasets;
  readonly #inputs: KerasInputsFinder;
  readonly #evaluation: LateEvaluation;
  readonly #lists: EagerLists;
  readonly #consumers: Consumers;
  /** The change that brings the class, and the class's name, once there is one. */
  #bringsClass: Change | null = null;
  #className: string | null = null;
  /** The same of the classes that give batches, by what they are called where no other name is in the way. */
  readonly #batchClasses = new Map<string, { readonly name: string; readonly broughtBy: Change }>();
  readonly #newNames = new Set<string>();

  constructor(program: Program) {
    this.#program = program;
    this.#tree = NotebookTree.of(program);
    this.#effects = new SideEffects(program, this.#tree);
    this.#names = new NameUses(program, this.#tree, this.#effects);
    this.images = new ImageLists(program, this.#tree, this.#effects);
    this.#evaluation = new LateEvaluation(program, this.#tree, this.#effects);
    this.#loading = new LaterLoading(program, this.#tree, this.#effects, this.#evaluation);
    this.#arrays = new ImageArrays(program, this.#tree);
    this.#datasets = new ImageDatasets(program, this.#tree);
    this.#inputs = new KerasInputsFinder(program, this.#tree, Variables.of(this.#tree));
    this.#consumers = new Consumers(program, this.#tree);
    this.#lists = new EagerLists(program, this.#tree, this.#effects, this.#evaluation, this.#consumers);
  }

  judge(list: ImageList): Finding {
    return this.#asGenerator(list) ?? this.#asSequence(list);
  }

  /** Where nothing but one loop or function takes the images, at once. */
  #asGenerator(images: ImageList): Change | null {
    if (this.#program.opaque !== null) return null;
    const list = this.#lists.of(images.how === 'comprehension' ? images.node : this.#loopOf(images));
    if (list === null || this.#loading.ofLoader(images) !== null) return null;
    const found = this.#lists.consumptionOf(list);
    if (found === null || 'code' in found || found.taker.kind === 'Comprehension') return null;
    const isFed = list.late.sources.some((source) => this.#mayBecomeLazy(source));
    const feeds = found.taker.kind === 'DictComprehension' || this.#lists.of(found.taker) !== null;
    const variable = list.kind === 'filled' ? this.#lists.findVariableInUse(list.filling) : null;
    if (isFed || feeds || variable !== null || this.#evaluation.obstacle(list.late, found) !== null)
      return null;
    const variables = list.kind === 'filled' ? [...list.filling.variables] : [];
    const frees = [...(found.named === null ? [] : [found.named.name]), ...variables];
    const isGlobal = images.scope === null;
    return {
      type: 'change',
      at: images.at,
      summary: 'load the images one by one',
      reason: 'They are gone through once, and each is needed for its own turn alone.',
      effect: 'none',
      assumes: isGlobal && frees.length > 0 ? ['code', 'linear'] : ['code'],
      intents: listAsGenerator(this.#program, this.#tree, list),
      adjustments: [],
      ...(isGlobal && frees.length > 0 && { frees }),
    };
  }

  #loopOf({ at }: ImageList): Node {
    const around = [...this.#tree.around(at)];
    const outer = around.findIndex(({ kind }) => kind === 'FunctionDef' || kind === 'Module');
    return around.slice(0, outer).findLast(({ kind }) => kind === 'For') ?? at;
  }

  /** Whether the list of names may be made one by one, too, by another transform: then two would be late where one was judged. */
  #mayBecomeLazy(source: Node): boolean {
    if (source.kind !== 'Name') return this.#lists.of(source) !== null;
    const bindings = this.#program.notebookNames.variableOf(source)?.bindings ?? [];
    return bindings.some((binding) => {
      const parent = this.#tree.parentOf(binding);
      const list: EagerList | null = parent?.kind === 'Assign' ? this.#lists.of(parent.value) : null;
      return list !== null || (parent?.kind === 'Assign' && parent.value.kind === 'List');
    });
  }

  #asSequence(list: ImageList): Finding {
    const refuse = (obstacle: Obstacle): Finding => ({ type: 'refusal', at: list.at, ...obstacle });
    if (this.#program.opaque !== null)
      return refuse({ code: 'opaque', why: `No name can be followed: ${this.#program.opaque}.` });
    if (!hasOneLoader(this.#program, list))
      return refuse({ code: 'several-loaders', why: 'The images of the list are made in different ways.' });
    const few = list.how === 'comprehension' ? this.#fewOf(list.node) : null;
    if (few !== null) return refuse(few);
    const early = this.#loading.ofLoader(list);
    if (early !== null) return refuse(early);
    const uses = new ImageUses(this.#program, this.#tree, this.#effects, this.#names, list);
    const obstacle = uses.obstacle();
    const lazy = isLazyAlready(this.#program, list);
    if (lazy === 'maps')
      return refuse({
        code: 'already-lazy',
        why: 'The arrays are mapped, and read no more than is asked of them.',
      });
    if (lazy === 'opens' && uses.isHeaderOnly && (obstacle === null || obstacle.code === 'shown'))
      return refuse({
        code: 'already-lazy',
        why: '`Image.open` reads the header alone until the pixels are asked for, and here nothing asks for them.',
      });
    const last = this.#lastAsked(uses);
    if (obstacle?.code === 'array') return this.#asBatches(list, obstacle);
    const late = obstacle ?? this.#loading.meanwhile(list, last, uses.isGivenBack) ?? this.#nameObstacle();
    if (late !== null) return refuse(late);
    return this.#change(list, uses);
  }

  /** Where the array of all images goes to PyTorch's loaders alone, or to models of Keras: what gives them batch by batch. */
  #asBatches(list: ImageList, needed: Obstacle): Finding {
    const refuse = (obstacle: Obstacle): Finding => ({ type: 'refusal', at: list.at, ...obstacle });
    const array = list.scope === null ? this.#arrays.of(list) : null;
    const dataset = array === null ? null : this.#datasets.of(array);
    const inputs = array === null || dataset !== null ? null : this.#inputs.of(array);
    if (array === null || (dataset === null && inputs === null)) return refuse(needed);
    const uses = new ImageUses(this.#program, this.#tree, this.#effects, this.#names, list, [array.use]);
    const end = this.#program.statements.length - 1;
    const modules = inputs === null ? [DATASET_MODULE] : [...INPUTS_MODULES, inputs.library];
    const obstacle =
      uses.obstacle() ??
      this.#loading.meanwhile(list, end, true) ??
      this.#nameObstacle([...NEEDED_MODULES, ...modules]);
    if (obstacle !== null) return refuse(obstacle);
    if (dataset !== null) return this.#change(list, uses, this.#datasetBatches(dataset));
    return inputs === null ? refuse(needed) : this.#change(list, uses, this.#kerasBatches(inputs));
  }

  #datasetBatches(dataset: ImageDataset): Batches {
    return {
      base: 'LazyDataset',
      array: dataset.array,
      code: datasetCode,
      intents: (name, list) => asDataset(this.#program, dataset, name, list),
      reason:
        'The array of all images goes to a `DataLoader` alone, which asks for one sample after the other.',
      effect: 'none',
      later: dataset.holders,
    };
  }

  #kerasBatches(inputs: KerasInputs): Batches {
    const { library, isShuffled } = inputs;
    const convert = inputs.uses.length > 1 ? this.#freshName('make_inputs') : '';
    const shuffled =
      'The order of the samples in each epoch is drawn by numpy and not by Keras: the results are as different as those of another run.';
    return {
      base: 'LazyInputs',
      array: inputs.array,
      code: (name) => inputsCode(name, library),
      intents: (name, list) => asInputs(this.#program, inputs, { class: name, function: convert }, list),
      reason: `The array of all images goes to a model of Keras alone, which asks for one batch after the other.${isShuffled ? ` ${shuffled}` : ''}`,
      effect: isShuffled ? 'different' : 'none',
      later: [],
    };
  }

  #fewOf(node: Comprehension): Obstacle | null {
    const [clause, ...others] = node.clauses;
    const count = others.length > 0 || clause === undefined ? null : countNames(this.#program, clause.iter);
    if (count === null || count > KEPT_IMAGES) return null;
    return { code: 'few', why: `There are ${count} of them: so many would be kept in any case.` };
  }

  /**
   * The index of the statement after which no image is asked for: the last one of the last use's cell, because another
   * transform may take the images there later; of the notebook, where a global name holds the list to its end.
   */
  #lastAsked(uses: ImageUses): number {
    const { statements } = this.#program;
    const cell = statements[uses.last]?.cell;
    const isHeld = [...uses.globals].some((name) => this.#program.names.has(name));
    return isHeld ? statements.length - 1 : statements.findLastIndex((one) => one.cell === cell);
  }

  /** What the class imports must not be the notebook's name for something else. */
  #nameObstacle(modules: readonly string[] = NEEDED_MODULES): Obstacle | null {
    const names = this.#program.notebookNames;
    for (const module of modules) {
      const [root = ''] = module.split('.');
      const [read] = names.readsOf(root);
      if (names.isBound(root) && (read === undefined || names.qualifiedName(read) !== root))
        return {
          code: 'name-taken',
          why: `\`${root}\` is a name of the notebook's own, which the module would take.`,
        };
    }
    return null;
  }

  #change(list: ImageList, uses: ImageUses, batches: Batches | null = null): Change {
    const first = this.#bringsClass;
    this.#className ??= this.#freshName('LazyImages');
    const names = {
      class: this.#className,
      function: list.how === 'filled' ? this.#freshName('load_image') : '',
    };
    const drops =
      list.how === 'filled' ? list.appends.flatMap(({ loader }) => this.#unneeded(loader, list.appends)) : [];
    const made = listAsLazyImages(this.#program, list, names, drops);
    const brought = first === null ? [classCode(names.class)] : [];
    const known = batches === null ? undefined : this.#batchClasses.get(batches.base);
    const batchName = batches === null ? null : (known?.name ?? this.#freshName(batches.base));
    if (batches !== null && batchName !== null && known === undefined) brought.push(batches.code(batchName));
    const intents = batches === null || batchName === null ? made : batches.intents(batchName, made);
    const needs = [first, known?.broughtBy ?? null].filter((change) => change !== null);
    const isTwice = list.how === 'filled' && drops.length === 0 && list.loader.steps.length > 0;
    const dropped = [...new Set(drops.flatMap(targetsOf))];
    const isGlobal = list.scope === null;
    const later = [...uses.globals, ...(batches?.later ?? [])];
    // The array's name is gone, or holds something that nothing reads as an array.
    const name = batches === null ? null : idOf(batches.array.named);
    const own = name === null ? [] : [name];
    const isKept = batches !== null && keepsName(batches.array);
    const stale = [...dropped, ...(isKept ? own : [])];
    const change: Change = {
      type: 'change',
      at: list.at,
      summary:
        batches === null
          ? 'keep the names of the files, and load each image when it is asked for'
          : 'keep the names of the files, and load the images of a batch when it is asked for',
      reason: [
        batches?.reason ?? 'Nothing changes the images or needs all of them at once.',
        isTwice
          ? 'The loop looks at each image itself and goes on reading them one by one; they are read a second time when they are asked for.'
          : 'They are read anew each time, which takes longer.',
      ].join(' '),
      effect: batches?.effect ?? 'none',
      assumes: ['code', 'data', 'linear'],
      intents: [...(brought.length === 0 ? [] : [this.#bringing(list, brought.join('\n\n\n'))]), ...intents],
      adjustments: [],
      ...(isGlobal && { frees: [...dropped, ...(isKept ? [] : own)] }),
      ...(isGlobal && stale.length > 0 && { leavesStale: stale }),
      ...(later.length > 0 && { loadsLater: later }),
      ...(needs.length > 0 && { dependsOn: needs }),
    };
    this.#bringsClass ??= change;
    if (batches !== null && batchName !== null && known === undefined)
      this.#batchClasses.set(batches.base, { name: batchName, broughtBy: change });
    return change;
  }

  /** The steps, where nothing in the loop or behind it reads what they make. */
  #unneeded({ steps, isTried }: Loader, appends: readonly Append[]): readonly Step[] {
    if (isTried) return [];
    const own: readonly Node[] = appends.flatMap(({ statement, loader }) => [...loader.steps, statement]);
    const isInside = (node: Node) => own.some((one) => contains(one, node));
    for (const step of steps)
      for (const target of targetsOf(step)) {
        const name = findAll(step, 'Name').find(({ id }) => id === target);
        const variable = name === undefined ? null : this.#program.notebookNames.variableOf(name);
        if (variable === null) return [];
        const facts = this.#program.statementOf(step);
        const isRead = variable.reads.some((read) => {
          if (isInside(read)) return false;
          const isElsewhere = variable.owner === null && this.#tree.surroundingsOf(read) === null;
          return !isElsewhere || this.#program.statementOf(read) === facts;
        });
        if (isRead || (variable.owner === null && facts.liveAfter.has(target))) return [];
      }
    return steps;
  }

  /** The classes below the last import before the list; above the list's own statement where there is none. */
  #bringing(list: ImageList, code: string): Intent {
    const start = list.how === 'filled' ? list.start.statement : list.at;
    const { index, node } = this.#program.statementOf(start);
    const imported = this.#program.statements
      .slice(0, index)
      .findLast(
        ({ node: one }) =>
          (one.kind === 'Import' || one.kind === 'ImportFrom') &&
          /^[ \t]*(#.*)?(\n|$)/.test(this.#program.cellOf(one).cell.source.slice(one.end)),
      );
    if (imported !== undefined) {
      const behind = this.#program.cellOf(imported.node).cell.source.slice(imported.node.end);
      const blank = (/^[^\n]*\n((?:[ \t]*\n)*)/.exec(behind)?.[1] ?? '').split('\n').length - 1;
      const gap = behind.trim() === '' ? '' : '\n'.repeat(Math.max(0, 2 - blank));
      return { type: 'insertAfter', statement: imported.node, code: [`${code}${gap}`] };
    }
    return { type: 'replaceStatements', statements: [node], code: [`${code}\n\n\n`, { node }] };
  }

  /** The name, or one like it that neither the notebook nor another change has. */
  #freshName(base: string): string {
    const names = this.#program.notebookNames;
    for (let at = 1; ; at += 1) {
      const name = at === 1 ? base : `${base}_${at}`;
      if (names.isBound(name) || names.readsOf(name).length > 0 || this.#newNames.has(name)) continue;
      this.#newNames.add(name);
      return name;
    }
  }
}
