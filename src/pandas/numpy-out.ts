/**
 * At which place of its arguments a function of numpy gets the array that it writes its result into, as numpy 1.26 and 2.4 say
 * it: ufuncs behind what they compute with, others where `inspect.signature` has `out`.
 */
const PLACES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    1: `abs absolute acos acosh arccos arccosh arcsin arcsinh arctan arctanh asin asinh atan atanh bitwise_count bitwise_invert
      bitwise_not cbrt ceil conj conjugate cos cosh deg2rad degrees exp exp2 expm1 fabs floor invert isfinite isinf isnan isnat
      log log10 log1p log2 logical_not negative positive rad2deg radians reciprocal rint sign signbit sin sinh spacing sqrt
      square tan tanh trunc fix isneginf isposinf`,
    2: `add arctan2 atan2 bitwise_and bitwise_left_shift bitwise_or bitwise_right_shift bitwise_xor copysign divide equal
      float_power floor_divide fmax fmin fmod gcd greater greater_equal heaviside hypot lcm ldexp left_shift less less_equal
      logaddexp logaddexp2 logical_and logical_or logical_xor matmul matvec maximum minimum mod multiply nextafter not_equal pow
      power remainder right_shift subtract true_divide vecdot vecmat all amax amin any argmax argmin around choose concat
      concatenate dot max median min nanargmax nanargmin nanmax nanmedian nanmin outer ptp round round_ stack`,
    3: `clip compress cumprod cumsum mean nancumprod nancumsum nanmean nanpercentile nanprod nanquantile nanstd nansum nanvar
      percentile prod quantile std sum take var`,
    5: 'trace',
  }).flatMap(([place, names]) => names.split(/\s+/).map((name) => [`numpy.${name}`, Number(place)] as const)),
);

/** Whether a function changes the array that it is given first: `np.add.at(a, rows, b)`, `np.nan_to_num(a, copy=False)`. */
export const changesFirst = (
  qualified: string,
  positional: number,
  isNamed: (keyword: string) => boolean,
): boolean =>
  /^numpy\..*\.at$/.test(qualified) ||
  (qualified === 'numpy.nan_to_num' && (positional > 1 || isNamed('copy')));

/** Null for a function that writes into nothing, or by keyword alone. */
export const outPlaceOf = (qualified: string): number | null => PLACES.get(qualified) ?? null;
