"""Which results keep the frame alive that they came from."""

import numpy as np
import pandas as pd

from fact import fact
from observe import kept, read

UP_TO_2_3 = "E1 E2 E3"
FROM_3_0 = "E4 E5 E6"


def block():
    """A frame of one block: ten float columns of 20,000 rows."""
    return pd.DataFrame(np.random.default_rng(0).random((20_000, 10)), columns=list("abcdefghij"))


_CSV = pd.DataFrame(np.random.default_rng(0).random((5000, 10)).round(6), columns=list("abcdefghij")).to_csv(index=False)


def csv():
    """What `read_csv` makes of ten float columns."""
    return read(_CSV)


def text():
    """A column of 20,000 different strings."""
    return read("a\n" + "".join(f"a rather long string {row:06}\n" for row in range(20_000)))


def buffers(df):
    """Bytes of the buffers that pyarrow's strings stand in: 3.1's reader allocates them where no one counts."""
    return sum(buffer.size for chunk in df.a.array._pa_array.chunks for buffer in chunk.buffers() if buffer)


def kept_text(derive):
    """`kept` of the strings."""
    df = text()
    if not hasattr(df.a.array, "_pa_array"):
        return kept(text, derive)
    return f"{round(buffers(derive(df)) / buffers(df) * 20) / 20:.2f}"


ALL = "1.00"
NOTHING = "0.00"

# id, expression, what gives it, what SAFETY.md says.
BLOCK = (
    ("column", "df['c']", lambda df: df["c"], ALL),
    ("iloc-rows", "df.iloc[:5]", lambda df: df.iloc[:5], ALL),
    ("values", "df.values", lambda df: df.values, ALL),
    ("groupby", "df.groupby('a')", lambda df: df.groupby("a"), ALL),
    ("transpose", "df.T", lambda df: df.T, ALL),
    ("columns-list", "df[['c']]", lambda df: df[["c"]], {FROM_3_0: ALL}),
    ("head", "df.head()", lambda df: df.head(), {UP_TO_2_3: ALL, FROM_3_0: NOTHING}),
    ("head-copy", "df.head().copy()", lambda df: df.head().copy(), NOTHING),
    ("filter", "df[df.a > 0.9999]", lambda df: df[df.a > 0.9999], NOTHING),
    ("describe", "df.describe()", lambda df: df.describe(), NOTHING),
    ("min", "df.min()", lambda df: df.min(), NOTHING),
    ("sample", "df.sample(3)", lambda df: df.sample(3), NOTHING),
    ("nlargest", "df.nlargest(3, 'a')", lambda df: df.nlargest(3, "a"), NOTHING),
    ("iterrows", "df.iterrows()", lambda df: df.iterrows(), ALL),
    ("itertuples", "df.itertuples()", lambda df: df.itertuples(), ALL),
    ("zip", "zip(df.a, df.b)", lambda df: zip(df.a, df.b), ALL),
    ("map", "map(f, df.a)", lambda df: map(abs, df.a), ALL),
    ("rolling", "df.rolling(2)", lambda df: df.rolling(2), ALL),
    ("loc", "df.loc", lambda df: df.loc, ALL),
    ("bound-method", "df.head, the bound method", lambda df: df.head, None),
)
for name, shown, derive, says in BLOCK:

    @fact(f"pins/{name}", f"`{shown}`" + " of a frame of one block: share that it keeps alive", says)
    def _(derive=derive):
        return kept(block, derive)


OWN_COLUMN = "0.10"
for name, shown, derive, says in (
    ("csv-column", "df['b']", lambda df: df["b"], {UP_TO_2_3: ALL, FROM_3_0: OWN_COLUMN}),
    ("csv-row", "df.iloc[0]", lambda df: df.iloc[0], {FROM_3_0: NOTHING}),
    ("csv-zip", "zip(df.a, df.b)", lambda df: zip(df.a, df.b), ALL),
    ("csv-map", "map(f, df.a)", lambda df: map(abs, df.a), ALL),
    ("csv-groupby", "df.groupby('a')", lambda df: df.groupby("a"), ALL),
    ("csv-columns-list", "df[['c']]", lambda df: df[["c"]], None),
):
    # A CSV file of ten float columns: one block up to 2.3.3, ten from 3.0 on.
    note = "Only the blocks of the columns named: on 3.x each column that `read_csv` made has its own." if "zip" in name or "map" in name else None

    @fact(f"pins/{name}", f"`{shown}` of a frame of ten float columns that `read_csv` made: share that it keeps alive", says, note=note)
    def _(derive=derive):
        return kept(csv, derive)


# With pyarrow the characters of a column are one buffer.
for name, shown, derive, says in (
    ("text-head-copy", "df.head(3).copy()", lambda df: df.head(3).copy(), {"E1 E2 E3 E5": NOTHING, "E4 E6": ALL}),
    ("text-filter", "df[df.a.str.endswith('9999')]", lambda df: df[df.a.str.endswith("9999")], NOTHING),
):

    @fact(f"pins/{name}", f"`{shown}` of 20,000 strings: share that it keeps alive", says)
    def _(derive=derive):
        return kept_text(derive)


for name, shown, derive in (
    ("rename", "df.rename(columns={'a': 'z'})", lambda df: df.rename(columns={"a": "z"})),
    ("drop-columns", "df.drop(columns='a')", lambda df: df.drop(columns="a")),
    ("reset-index", "df.reset_index()", lambda df: df.reset_index()),
    ("assign", "df.assign(z=1)", lambda df: df.assign(z=1)),
    ("fillna", "df.fillna(0)", lambda df: df.fillna(0)),
    ("astype-same", "df.astype(float)", lambda df: df.astype(float)),
    ("set-index", "df.set_index('a')", lambda df: df.set_index("a")),
    ("filter-columns", "df.filter(['b', 'c'])", lambda df: df.filter(["b", "c"])),
    ("select-dtypes", "df.select_dtypes('number')", lambda df: df.select_dtypes("number")),
    ("concat-columns", "pd.concat([df, other], axis=1)", lambda df: pd.concat([df, pd.DataFrame({"z": range(5000)})], axis=1)),
):

    @fact(f"pins/shares-{name}", f"`{shown}` of a frame that `read_csv` made shares the column b with it", {FROM_3_0: "True"})
    def _(derive=derive):
        df = csv()
        return np.shares_memory(derive(df)["b"].to_numpy(), df["b"].to_numpy())
