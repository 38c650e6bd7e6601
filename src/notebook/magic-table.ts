import type { MagicEffect } from './magics.js';

/**
 * What is known of a magic. Names come from IPython 9's `%lsmagic`, from what public notebooks use, and from the
 * documentation of the extensions named.
 */
export interface MagicFacts {
  readonly effect: MagicEffect;
  /** Continues "%name ...". */
  readonly why: string;
  /** Its argument (a line magic) or its body (a cell magic) is Python that runs in this kernel. */
  readonly holdsPython?: true;
  /** The names that its Python binds are gone afterwards. */
  readonly discardsNames?: true;
  /** Its value is that of the code: `x = %time f()`. */
  readonly givesValue?: true;
  /** Options in front of the Python, as in getopt: `'n:r:q'` are `-n 3 -r 5 -q`. */
  readonly options?: string;
  /** What binds names: the first argument, options such as `-o name`, or `name <<`. */
  readonly defines?: readonly ('first' | 'arrow' | `-${string}`)[];
  /** What reads names beside `$x` and `{x}`: options such as `-i name`, or any word of the line or of the body. */
  readonly uses?: readonly ('words' | 'body' | `-${string}`)[];
}

const display = (why: string): MagicFacts => ({ effect: 'display', why });
const config = (why: string): MagicFacts => ({ effect: 'config', why });
const outside = (why: string): MagicFacts => ({ effect: 'outside', why });
const opaque = (why: string): MagicFacts => ({ effect: 'opaque', why });

export const LINE_MAGICS: ReadonlyMap<string, MagicFacts> = new Map<string, MagicFacts>([
  // %time model.fit(X, y)
  ['time', { ...display('shows how long its code takes'), holdsPython: true, givesValue: true }],
  // %timeit -n 10 f(df): the code becomes the body of a function, so an assignment in it is lost
  [
    'timeit',
    {
      ...display('runs its code many times and shows how long it takes'),
      holdsPython: true,
      discardsNames: true,
      options: 'n:r:tcp:qov:',
    },
  ],
  // %prun -l 10 f(df)
  ['prun', { ...display('profiles its code'), holdsPython: true, options: 'l:s:T:D:rq' }],
  // %lprun -f clean clean(df) (line_profiler)
  [
    'lprun',
    { ...display('profiles its code'), holdsPython: true, options: 'f:m:D:T:srzu:', uses: ['-f', '-m'] },
  ],
  // %memit df.copy() (memory_profiler)
  ['memit', { ...display('measures the memory of its code'), holdsPython: true, options: 'r:t:i:co' }],
  // %mprun -f clean clean(df) (memory_profiler)
  [
    'mprun',
    { ...display('measures the memory of its code'), holdsPython: true, options: 'f:T:cr', uses: ['-f'] },
  ],
  // %snakeviz f(df)
  ['snakeviz', { ...display('profiles its code'), holdsPython: true, options: 'f:tj:' }],

  ['matplotlib', config('sets how figures are shown')], // %matplotlib inline
  ['autoreload', config('reloads modules that changed')], // %autoreload 2
  ['aimport', config('says which modules %autoreload reloads')], // %aimport mymodule
  ['load_ext', config('loads an extension')], // %load_ext autoreload
  ['reload_ext', config('loads an extension')], // %reload_ext autoreload
  ['unload_ext', config('unloads an extension')], // %unload_ext sql
  ['config', config('sets an option')], // %config InlineBackend.figure_format = 'retina'
  ['precision', config('sets how numbers are shown')], // %precision 3
  ['pprint', config('sets how values are shown')], // %pprint
  ['xmode', config('sets how errors are shown')], // %xmode Plain
  ['colors', config('sets the colours')], // %colors NoColor
  ['pdb', config('sets whether errors start the debugger')], // %pdb on
  ['autosave', config('sets how often the notebook is saved')], // %autosave 60
  ['gui', config('starts an event loop')], // %gui qt
  ['automagic', config('sets whether magics need their %')], // %automagic off
  ['alias', config('makes a magic of a shell command')], // %alias ll ls -l
  ['alias_magic', config('gives a magic another name')], // %alias_magic t timeit
  ['unalias', config('removes an alias')], // %unalias ll
  ['logstart', config('writes what is run into a file')], // %logstart
  ['logstop', config('stops the log')], // %logstop
  ['tensorflow_version', config('chooses the TensorFlow of Colab')], // %tensorflow_version 2.x
  ['opts', config('sets how plots are drawn')], // %opts Curve [width=800] (HoloViews)
  ['output', config('sets how plots are drawn')], // %output size=200 (HoloViews)
  ['flow', config('sets how ipyflow runs cells')], // %flow mode reactive
  ['python', { effect: 'none', why: '' }], // %python: a cell of Databricks that is Python, as most are
  ['nbdev_export', config('marks the cell for nbdev')], // %nbdev_export

  ['pwd', display('shows the working directory')], // %pwd
  ['ls', display('lists files')], // %ls data
  ['ll', display('lists files')], // %ll
  ['lsmagic', display('lists magics')], // %lsmagic
  ['magic', display('shows help')], // %magic
  ['quickref', display('shows help')], // %quickref
  ['cat', display('shows a file')], // %cat script.py
  ['more', display('shows a file')], // %more script.py
  ['less', display('shows a file')], // %less script.py
  ['man', display('shows help')], // %man ls
  ['page', display('shows a value')], // %page df
  ['pycat', display('shows a file')], // %pycat script.py
  ['dhist', display('shows where one has been')], // %dhist
  ['dirs', display('shows the stack of directories')], // %dirs
  ['tb', display('shows the last traceback')], // %tb
  ['watermark', display('shows versions')], // %watermark -v -p pandas
  ['version_information', display('shows versions')], // %version_information numpy
  ...['pinfo', 'pinfo2', 'pdoc', 'pdef', 'psource', 'pfile', 'psearch'].map(
    // %pdoc df.merge
    (name): [string, MagicFacts] => [name, { ...display('shows help'), uses: ['words'] }],
  ),

  ['cd', outside('changes the working directory')], // %cd data
  ['pushd', outside('changes the working directory')], // %pushd data
  ['popd', outside('changes the working directory')], // %popd
  ['bookmark', outside('changes the stored bookmarks')], // %bookmark here
  ['mkdir', outside('changes files')], // %mkdir out
  ['rmdir', outside('changes files')], // %rmdir out
  ['rm', outside('changes files')], // %rm -r out
  ['mv', outside('changes files')], // %mv a b
  ['cp', outside('changes files')], // %cp a b
  ['ln', outside('changes files')], // %ln -s a b
  ['save', outside('writes code into a file')], // %save script 1-10
  ['pip', outside('changes the installed packages')], // %pip install polars
  ['conda', outside('changes the installed packages')], // %conda install polars
  ['mamba', outside('changes the installed packages')], // %mamba install polars
  ['micromamba', outside('changes the installed packages')], // %micromamba install polars
  ['uv', outside('changes the installed packages')], // %uv pip install polars
  ['env', outside('may change environment variables')], // %env CUDA_VISIBLE_DEVICES=0
  ['set_env', outside('changes an environment variable')], // %set_env A=b
  ['dotenv', outside('changes environment variables')], // %dotenv (python-dotenv)
  ['system', outside('runs a shell command')], // %system ls
  ['sx', outside('runs a shell command')], // %sx ls
  ['sc', { ...outside('runs a shell command'), defines: ['first'] }], // %sc files=ls
  ['tensorboard', outside('starts a process')], // %tensorboard --logdir logs
  ['killbgscripts', outside('ends processes')], // %killbgscripts
  ['rehashx', outside('makes magics of all commands')], // %rehashx
  ['connect_info', display('shows how to reach the kernel')], // %connect_info
  ['qtconsole', outside('opens a console on this kernel')], // %qtconsole
  ['R', { ...outside('runs R'), defines: ['-o', '--output'], uses: ['-i', '--input', 'words'] }], // %R -i df -o fit
  ['Rpush', { ...outside('copies names to R'), uses: ['words'] }], // %Rpush df
  ['Rpull', opaque('copies names from R')], // %Rpull fit
  ['sql', { ...outside('runs a query'), defines: ['arrow'], uses: ['words'] }], // %sql rows << select * from df
  ['bigquery', { ...outside('runs a query'), defines: ['first'], uses: ['words'] }], // %bigquery df select 1
  ['sqlplot', { ...display('draws a query'), uses: ['words'] }], // %sqlplot histogram --table t

  ['run', opaque("runs another file, whose names become the notebook's")], // %run setup.py
  ['load', opaque('puts the text of a file into the cell')], // %load script.py
  ['loadpy', opaque('puts the text of a file into the cell')], // %loadpy script.py
  ['pylab', opaque('imports all names of numpy and pyplot')], // %pylab inline [fact: everywhere/pylab-imports-star]
  ['store', opaque('stores names or brings back stored ones')], // %store -r df
  ['reset', opaque('deletes all names')], // %reset -f
  ['reset_selective', opaque('deletes names by a pattern')], // %reset_selective -f tmp
  ['xdel', opaque('deletes a name and what refers to it')], // %xdel df
  ['who', opaque('shows all names')], // %who
  ['who_ls', opaque('lists all names')], // %who_ls DataFrame
  ['whos', opaque('shows all names and their values')], // %whos
  ['history', opaque('shows the code that was run')], // %history -n 1-5
  ['hist', opaque('shows the code that was run')], // %hist
  ['notebook', opaque('writes the code that was run into a notebook')], // %notebook out.ipynb
  ['macro', opaque('makes a name of code that was run')], // %macro m 1-3
  ['recall', opaque('puts earlier code into the next cell')], // %recall 3
  ['rep', opaque('puts earlier code into the next cell')], // %rep 3
  ['rerun', opaque('runs earlier code again')], // %rerun 3
  ['edit', opaque('runs what an editor gives back')], // %edit
  ['ed', opaque('runs what an editor gives back')], // %ed
  ['paste', opaque('runs the clipboard')], // %paste
  ['cpaste', opaque('runs what is typed in')], // %cpaste
  ['debug', opaque('starts the debugger')], // %debug
  ['autocall', opaque('changes what counts as a call')], // %autocall 1
  ['px', opaque('runs its code on other engines')], // %px import numpy
]);

export const CELL_MAGICS: ReadonlyMap<string, MagicFacts> = new Map<string, MagicFacts>([
  ['time', { ...display('shows how long the cell takes'), holdsPython: true, givesValue: true }], // %%time
  [
    // %%timeit data = load(): what stands on the first line is run once, before the rest
    'timeit',
    {
      ...display('runs the cell many times and shows how long it takes'),
      holdsPython: true,
      discardsNames: true,
      options: 'n:r:tcp:qov:',
    },
  ],
  // %%capture out --no-stderr
  ['capture', { ...display('keeps what the cell shows'), holdsPython: true, defines: ['first'] }],
  ['prun', { ...display('profiles the cell'), holdsPython: true, options: 'l:s:T:D:rq' }], // %%prun -l 10
  ['memit', { ...display('measures the memory of the cell'), holdsPython: true, options: 'r:t:i:co' }], // %%memit
  // %%mprun -f clean, %%lprun -f clean
  [
    'mprun',
    { ...display('measures the memory of the cell'), holdsPython: true, options: 'f:T:cr', uses: ['-f'] },
  ],
  [
    'lprun',
    { ...display('profiles the cell'), holdsPython: true, options: 'f:m:D:T:srzu:', uses: ['-f', '-m'] },
  ],
  ['snakeviz', { ...display('profiles the cell'), holdsPython: true }], // %%snakeviz -t
  ['wandb', { ...outside("reports the cell's run"), holdsPython: true }], // %%wandb
  // %%opts Curve [width=800], %%output size=200 (HoloViews)
  ['opts', { ...config("sets how the cell's plots are drawn"), holdsPython: true, givesValue: true }],
  ['output', { ...config("sets how the cell's plots are drawn"), holdsPython: true, givesValue: true }],
  ['debug', { ...opaque('runs the cell in the debugger'), holdsPython: true }], // %%debug

  ...[
    'bash',
    'sh',
    'script',
    'system',
    'sx',
    '!',
    'cmd',
    'shell',
    'ruby',
    'perl',
    'node',
    'pypy',
    'python',
    'python2',
    'python3',
  ].map(
    // %%bash --out text: another process
    (name): [string, MagicFacts] => [
      name,
      { ...outside('runs in another process'), defines: ['--out', '--err', '--proc'] },
    ],
  ),
  ...['writefile', 'file', 'writetemplate'].map(
    // %%writefile script.py; writetemplate puts the values of names into {name}
    (name): [string, MagicFacts] => [
      name,
      { ...outside('writes a file'), ...(name === 'writetemplate' ? { uses: ['body'] } : {}) },
    ],
  ),
  ...['html', 'HTML', 'svg', 'SVG', 'latex', 'markdown', 'mermaid', 'dot', 'tikz', 'css'].map(
    // %%html
    (name): [string, MagicFacts] => [name, display('shows its text')],
  ),
  ...['javascript', 'js', 'coffeescript'].map(
    // %%javascript: may run cells
    (name): [string, MagicFacts] => [name, outside('runs in the browser')],
  ),
  ...['sql', 'bigquery', 'sparksql', 'kql', 'cypher'].map(
    // %%sql rows <<, %%bigquery df --project p: a query may name frames
    (name): [string, MagicFacts] => [
      name,
      {
        ...outside('runs a query'),
        defines: name === 'bigquery' ? ['first'] : ['arrow'],
        uses: ['words', 'body'],
      },
    ],
  ),
  ['R', { ...outside('runs R'), defines: ['-o', '--output'], uses: ['-i', '--input'] }], // %%R -i df -o fit
  ['octave', { ...outside('runs Octave'), defines: ['-o'], uses: ['-i'] }], // %%octave -i x -o y
  ['matlab', { ...outside('runs MATLAB'), defines: ['-o'], uses: ['-i'] }], // %%matlab -i x -o y
  ['julia', opaque('runs Julia, which may reach the names of Python')], // %%julia
  ['cython', opaque('defines the names of its Cython code')], // %%cython -a
  ['fortran', opaque('defines the names of its Fortran code')], // %%fortran
  ['px', opaque('runs its code on other engines')], // %%px
  ['ipytest', opaque('runs tests')], // %%ipytest
  ['skip', display('does not run the cell')], // %%skip
]);

/** Databricks: cells of another language, known by their first line. These are no magics of IPython. */
export const DATABRICKS_LANGUAGES: ReadonlySet<string> = new Set([
  'md',
  'md-sandbox',
  'scala',
  'sh',
  'fs',
  'r',
  'sql',
]);

/** Magics that are there without an extension and are short or plain enough to be typed without their `%`. */
export const AUTOMAGICS: ReadonlySet<string> = new Set(
  [...LINE_MAGICS.keys()].filter(
    (name) =>
      !/^(R|Rpush|Rpull|px|flow|opts|output|sql|sqlplot|bigquery|kql|python|nbdev_export)$/.test(name),
  ),
);
