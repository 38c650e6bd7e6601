import type { SourceSpan } from '../../text/offset.js';
import type { Identifier, Module, Name, Node } from '../ast.js';
import type { SyntaxProblem } from '../problem.js';

/** A function, class, lambda, comprehension or the module, while the compile check is in it. */
export interface Frame {
  readonly kind:
    | 'module'
    | 'class'
    | 'function'
    | 'async-function'
    | 'lambda'
    | 'comprehension'
    | 'generator';
  readonly parent: Frame | null;
  readonly names: Map<string, NameUse>;
  /** The targets of a comprehension's `for`, whose names a walrus in it may not bind. */
  readonly iterationNames: Set<string>;
  yields: boolean;
  /** The first `return value`, an error in an asynchronous generator. */
  returned: Node | null;
  readonly globals: Map<string, Identifier>;
  readonly nonlocals: Map<string, Identifier>;
}

/** What came first of each: CPython refuses a `global` behind any of them. */
export interface NameUse {
  parameter?: Node;
  assigned?: Node;
  used?: Node;
  annotated?: Node;
}

/** Where a statement stands within its function. */
export interface Place {
  readonly frame: Frame;
  readonly inLoop: boolean;
  /** In an `except*`: nothing may leave it. The loops inside it may be left. */
  readonly inExceptStar: boolean;
  /** In the iterable of a comprehension, where no walrus may stand. */
  readonly inIterable: boolean;
}

export interface CheckOptions {
  /** `await` outside functions, as in IPython. */
  readonly topLevelAwait: boolean;
}

/** Where rules report. */
export interface Check {
  readonly text: string;
  readonly options: CheckOptions;
  report(span: SourceSpan, message: string): void;
}

export function createCheck(
  module: Module,
  text: string,
  options: CheckOptions,
  problems: SyntaxProblem[],
): Check {
  return {
    text,
    options,
    report({ start, end }, message) {
      problems.push({ code: 'compile', message, start, end, source: module.source });
    },
  };
}

export function openFrame(kind: Frame['kind'], parent: Frame | null): Frame {
  return {
    kind,
    parent,
    names: new Map(),
    iterationNames: new Set(),
    yields: false,
    returned: null,
    globals: new Map(),
    nonlocals: new Map(),
  };
}

export function useOf(frame: Frame, id: string): NameUse {
  let use = frame.names.get(id);
  if (use === undefined) {
    use = {};
    frame.names.set(id, use);
  }
  return use;
}

/** The function, class or module around comprehensions: where `await` and a walrus belong. */
export function outsideComprehensions(frame: Frame): Frame {
  let around = frame;
  while ((around.kind === 'comprehension' || around.kind === 'generator') && around.parent !== null) {
    around = around.parent;
  }
  return around;
}

export function noteName(frame: Frame, name: Name, store: boolean): void {
  const use = useOf(frame, name.id);
  if (store) use.assigned ??= name;
  else use.used ??= name;
}
