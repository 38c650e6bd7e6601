/** How many more statements of functions may be interpreted, each counted as often as it is; keeps the analysis linear. */
export class Budget {
  private calls: number;
  private callbacks: number;

  /**
   * @param calls of functions that the notebook calls
   * @param callbacks of functions that others call, and of those that they call
   */
  constructor(calls: number, callbacks: number) {
    this.calls = calls;
    this.callbacks = callbacks;
  }

  spend(isCallback: boolean): void {
    if (isCallback) this.callbacks--;
    else this.calls--;
  }

  isSpent(isCallback: boolean): boolean {
    return (isCallback ? this.callbacks : this.calls) <= 0;
  }
}
