import type { Node } from '../python/ast.js';

/** Chains of calls and of `elif` may be as long as they like; the stack is not. */
const MAX_DEPTH = 500;

/** The expressions and statements that are being interpreted, and how many objects each of them has made. */
export class Places {
  private readonly nodes: Node[] = [];
  private readonly made: number[] = [];

  /** One level deeper into the tree; false where that is too deep. */
  enter(node: Node): boolean {
    if (this.nodes.length >= MAX_DEPTH) return false;
    this.nodes.push(node);
    this.made.push(0);
    return true;
  }

  leave(): void {
    this.nodes.pop();
    this.made.pop();
  }

  /** The innermost; null where nothing is interpreted. */
  get innermost(): Node | null {
    return this.nodes.at(-1) ?? null;
  }

  /** How many objects the innermost itself has made. */
  get count(): number {
    return this.made.at(-1) ?? 0;
  }

  /** Sets that: a round of a loop makes the same as the one before. */
  set count(count: number) {
    if (this.made.length > 0) this.made[this.made.length - 1] = count;
  }
}
