import { Consumers, type Consumption, type NotOnce } from '../src/analysis/consumption.js';
import { type EagerList, EagerLists } from '../src/analysis/eager-list.js';
import type { Obstacle } from '../src/analysis/late.js';
import { LateEvaluation } from '../src/analysis/late-evaluation.js';
import { type ListFunction, ListFunctions } from '../src/analysis/list-function.js';
import { NotebookTree } from '../src/analysis/notebook-tree.js';
import { isOpen } from '../src/analysis/open-calls.js';
import type { Program } from '../src/analysis/program.js';
import { SideEffects } from '../src/analysis/side-effects.js';
import type { Comprehension, FunctionDef, Name, Node } from '../src/python/ast.js';
import { findAll, walk } from '../src/python/walk.js';
import type { Change, Code, Finding, Intent, Transform } from '../src/refactor/contract.js';
import { asGenerator, listAsGenerator } from '../src/refactor/generator-code.js';

/** A list that is made to be gone through once becomes a generator. */
export const generator: Transform = {
  id: 'generator',
  summary: 'a list that is gone through once becomes a generator',
  explanation: `\
A list that is made only to be gone through once need not exist: a generator makes one value at a time.

    total = sum([float(row[4]) for row in rows])
    for line in open('log.txt').readlines():
        print(line.split()[0])

becomes

    total = sum(float(row[4]) for row in rows)
    for line in open('log.txt'):
        print(line.split()[0])

So do \`list(map(...))\` and its like, \`read().splitlines()\`, a list that a loop fills by \`append\`, and a list that has a
name for as long as it takes to go through it, and one that a function gives back of which every call is gone through once:
\`out.append(x)\` becomes \`yield x\`. What takes the values: \`for\`, comprehensions, \`sum\`, \`min\`, \`max\`, \`any\`,
\`all\`, \`set\`, \`dict\`, \`Counter\`, also through \`zip\` and \`enumerate\`. \`list\`, \`tuple\`, \`sorted\` and \`str.join\` make a list
of what they are given: nothing would be saved, and they are left alone, as is what numpy and pandas are given.

It refuses where the list is used for anything else (\`len\`, an index, a second loop, a later cell), and where making the
values one by one would be noticed: code in them that prints, draws random numbers or does something that nobody knows; a
name that is bound anew or an object that may change meanwhile; an error that somebody catches; a file that is closed or
written before it is read. Attributes, subscripts and operators are taken to do nothing besides, as Python's own do.
`,

  *find(program) {
    if (program.opaque !== null) return;
    const search = new Search(program);
    for (const module of search.tree.modules) {
      const made: Node[] = [];
      walk(module, (node) => {
        if (node.kind === 'Comprehension' || node.kind === 'Call' || node.kind === 'For') made.push(node);
      });
      for (const node of made) yield* search.judge(node);
      for (const statement of module.body)
        if (statement.kind === 'FunctionDef') yield* search.judgeFunction(statement, made);
    }
  },
};

/** A list, who takes its values, and why it must stay a list. */
interface Judgement {
  readonly list: EagerList;
  readonly consumption: Consumption | null;
  readonly obstacle: Obstacle | null;
}

class Search {
  readonly tree: NotebookTree;
  readonly #program: Program;
  readonly #effects: SideEffects;
  readonly #evaluation: LateEvaluation;
  readonly #lists: EagerLists;
  readonly #functions: ListFunctions;
  readonly #judgements = new Map<Node, Judgement | null>();

  constructor(program: Program) {
    this.#program = program;
    this.tree = NotebookTree.of(program);
    this.#effects = new SideEffects(program, this.tree);
    this.#evaluation = new LateEvaluation(program, this.tree, this.#effects);
    const consumers = new Consumers(program, this.tree);
    this.#lists = new EagerLists(program, this.tree, this.#effects, this.#evaluation, consumers);
    this.#functions = new ListFunctions(program, this.tree, this.#effects, this.#evaluation, consumers);
  }

  /** A function whose list all callers go through once. */
  *judgeFunction(definition: FunctionDef, made: readonly Node[]): Iterable<Finding> {
    const found = this.#functions.of(definition, (consumption) => this.#throughGenerators(consumption));
    if (found === null) return;
    const at = found.kind === 'returned' ? found.comprehension : found.end;
    if (found.obstacle !== null) {
      yield { type: 'refusal', at, ...found.obstacle };
      return;
    }
    if (found.kind === 'returned' && this.#isFed(definition, found.comprehension, made)) return;
    yield {
      type: 'change',
      at,
      summary: `make one by one what \`${definition.name.id}\` gives`,
      reason: `All that call \`${definition.name.id}\` go through what it gives, and once: the list of all need not exist.`,
      effect: 'none',
      assumes: ['code'],
      intents: functionIntents(this.#program, found),
      adjustments: [],
    };
  }

  /** Whether the list goes through something that is made one by one itself: that would wait for the callers, too. */
  #isFed(definition: FunctionDef, list: Comprehension, made: readonly Node[]): boolean {
    const becomesLazy = made.some((node) => {
      const judgement = this.#judgementOf(node);
      return judgement?.obstacle === null && judgement.consumption?.taker === list;
    });
    const [clause] = list.clauses;
    if (becomesLazy || clause?.iter.kind !== 'Name') return becomesLazy;
    const bindings = this.tree.textOf(definition).bindings.get(clause.iter.id) ?? [];
    return bindings.some(({ value }) => value !== null && this.#lists.isLazy(value));
  }

  *judge(node: Node): Iterable<Finding> {
    const judgement = this.#judgementOf(node);
    if (judgement === null) return;
    const { list, consumption, obstacle } = judgement;
    if (obstacle !== null) yield { type: 'refusal', at: list.at, ...obstacle };
    else if (consumption !== null) yield this.#change(list, consumption);
  }

  #judgementOf(node: Node): Judgement | null {
    const known = this.#judgements.get(node);
    if (known !== undefined) return known;
    // Whatever is asked for while it is worked out goes through itself.
    this.#judgements.set(node, null);
    const list = this.#lists.of(node);
    const consumption = list === null ? null : this.#lists.consumptionOf(list);
    const judgement = list === null || consumption === null ? null : this.#decide(list, consumption);
    this.#judgements.set(node, judgement);
    return judgement;
  }

  #decide(list: EagerList, found: Consumption | NotOnce): Judgement {
    if ('code' in found) return { list, consumption: null, obstacle: found };
    const consumption = this.#throughGenerators(found);
    const obstacle =
      this.#variableObstacle(list) ??
      this.#fileObstacle(list, consumption) ??
      this.#evaluation.obstacle(list.late, consumption);
    return { list, consumption, obstacle };
  }

  /** What takes the values may become a generator itself: then they are taken when its own values are. */
  #throughGenerators(first: Consumption): Consumption {
    const next = this.#judgementOf(first.taker);
    if (next === null || next.obstacle !== null || next.consumption === null) return first;
    const { consumption } = next;
    return {
      how: 'between',
      meanwhile: [...first.meanwhile, ...consumption.meanwhile],
      binds: new Set([...first.binds, ...consumption.binds]),
      taker: consumption.taker,
      named: first.named ?? consumption.named,
    };
  }

  #variableObstacle(list: EagerList): Obstacle | null {
    const variable = list.kind === 'filled' ? this.#lists.findVariableInUse(list.filling) : null;
    if (variable === null) return null;
    const why = `\`${variable}\` may be used after the loop that fills the list; a generator keeps it to itself.`;
    return { code: 'loop-variable', why };
  }

  /** A file must be open while it is read, and no longer; and nobody must ask how far it has been read. */
  #fileObstacle({ late }: EagerList, { named, how }: Consumption): Obstacle | null {
    const read = [late.made, ...late.code, ...late.sources];
    const opens = read.some((node) => findAll(node, 'Call').some((call) => isOpen(this.#program, call)));
    if (opens && named !== null) {
      const why = `\`${named.name}\` would keep the file open: a \`with\` around it closes it in time.`;
      return { code: 'stays-open', why };
    }
    if (how === 'whole') return null;
    const files = read
      .flatMap((node) => findAll(node, 'Name'))
      .filter((name) => this.#evaluation.outside.isFile(name));
    for (const file of files) {
      const later = this.#findUseAfter(file, late.made);
      if (later === null) continue;
      const why = `\`${file.id}\` is also used in cell ${later.source}: how far it has been read by then would differ.`;
      return { code: 'file-used-again', why };
    }
    return null;
  }

  /** Where the file is used after it was read here, other than to close it or to bind its name to another one. */
  #findUseAfter(file: Name, made: Node): Node | null {
    const scope = this.tree.surroundingsOf(made);
    const isAfter = (one: Node) =>
      one.source > made.source || (one.source === made.source && one.start >= made.end);
    const uses = (scope === null ? this.tree.modules : [scope])
      .flatMap((root) => findAll(root, 'Name'))
      .filter((one) => one.id === file.id && isAfter(one));
    return uses.find((one) => !this.#isAnother(one, made) && !this.#isClosed(one)) ?? null;
  }

  /** `name.close()`. */
  #isClosed(name: Node): boolean {
    const attribute = this.tree.parentOf(name);
    return attribute?.kind === 'Attribute' && attribute.attr.id === 'close';
  }

  /** Whether the name is bound there, or stands in a `with` that has bound it, to a file of its own. */
  #isAnother(name: Name, made: Node): boolean {
    const parent = this.tree.parentOf(name);
    if (parent?.kind === 'WithItem' || (parent?.kind === 'Assign' && parent.value !== name)) return true;
    const shared = new Set(this.tree.around(made));
    for (const outer of this.tree.around(name)) {
      if (outer.kind !== 'With' || shared.has(outer)) continue;
      if (outer.items.some(({ target }) => target?.kind === 'Name' && target.id === name.id)) return true;
    }
    return false;
  }

  #change(list: EagerList, { named }: Consumption): Change {
    const { at } = list;
    const isGlobal = this.tree.surroundingsOf(at) === null;
    const own = this.#lists.consumptionOf(list);
    const by = own === null || 'code' in own ? '' : describeTaker(this.#program, own.taker);
    const frees = [
      ...(named === null ? [] : [named.name]),
      ...(list.kind === 'filled' ? list.filling.variables : []),
    ];
    return {
      type: 'change',
      at,
      summary: `make one by one what ${by} takes`,
      reason: `Nothing but ${by} uses the values, and each of them once: ${WHAT[list.kind]} need not exist.`,
      effect: 'none',
      assumes: isGlobal && frees.length > 0 ? ['code', 'linear'] : ['code'],
      intents: listAsGenerator(this.#program, this.tree, list),
      adjustments: [{ type: 'not-built', made: at, statement: this.#program.statementOf(at).index }],
      ...(isGlobal && frees.length > 0 && { frees }),
    };
  }
}

function functionIntents(program: Program, found: ListFunction): readonly Intent[] {
  if (found.kind === 'returned') {
    const { comprehension } = found;
    return [
      { type: 'replaceExpression', node: comprehension, code: asGenerator(program, comprehension, false) },
    ];
  }
  return [
    { type: 'drop', statement: found.start },
    ...found.appends.map(({ statement, value }): Intent => {
      const code: Code =
        value.kind === 'NamedExpression' ? ['yield (', { node: value }, ')'] : ['yield ', { node: value }];
      return { type: 'replaceStatements', statements: [statement], code };
    }),
    { type: 'drop', statement: found.end },
  ];
}

const WHAT: Readonly<Record<EagerList['kind'], string>> = {
  comprehension: 'the list of all',
  list: 'the list of all',
  filled: 'the list of all',
  readlines: 'the list of all lines',
  splitlines: 'the whole text and the list of its lines',
};

function describeTaker(program: Program, taker: Consumption['taker']): string {
  if (taker.kind === 'Call') return `\`${program.textOf(taker.func)}\``;
  return taker.kind === 'For' ? 'the loop' : 'the comprehension';
}
