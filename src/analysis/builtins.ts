/** Builtins that only look at what they are handed. What they call of it (`__len__`, `__iter__`) is taken for pure. */
export const PURE_BUILTINS: ReadonlySet<string> = new Set(
  `abs all any ascii bin bool bytes chr complex dict divmod enumerate filter float format frozenset getattr hasattr hash hex
   id int isinstance issubclass len list map max min oct ord pow range repr reversed round set slice sorted str sum tuple
   type zip`.split(/\s+/),
);
