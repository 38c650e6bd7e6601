/** What is known of PyTorch by name. Checked with PyTorch 1.13 and 2.15. */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Methods and attributes of a tensor whose value has no graph, whatever the tensor has. */
export const WITHOUT_GRAPH = words(`
  item tolist detach detach_ data size dim ndim numel nelement shape device dtype stride is_cuda get_device element_size
  argmax argmin argsort eq ne lt gt le ge equal allclose isnan isinf isfinite long int short bool byte char nonzero
  count_nonzero logical_and logical_or logical_not any all is_contiguous data_ptr storage
  new_zeros new_ones new_full new_empty`);

/** Methods and attributes that ask for the graph itself, or change with it. */
export const ASKS_FOR_GRAPH = words(`
  backward requires_grad requires_grad_ grad grad_fn is_leaf retain_grad retains_grad register_hook retain_graph`);

/** Methods of tensors whose result has the graph of what they are called on or handed. */
export const KEEPS_GRAPH = words(`
  mean sum sqrt rsqrt square pow abs exp log log2 log10 log1p expm1 cpu cuda to float double half bfloat16 squeeze unsqueeze
  view view_as reshape flatten clone max min amax amin std var median mode norm dist permute transpose t T contiguous softmax
  log_softmax sigmoid tanh relu add sub subtract mul multiply div divide true_divide neg matmul mm bmm dot mv clamp clip
  round floor ceil expand expand_as repeat gather select index_select masked_select masked_fill where chunk split unbind
  cumsum cumprod prod topk sort type type_as narrow diag diagonal swapaxes movedim unfold logsumexp sin cos flip roll
  sum_to_size logits loss erf reciprocal outer baddbmm addmm requantize scatter_add nan_to_num`);

/** Methods by which a tensor is compared with another, or put together with it: no other object is expected to have them. */
export const COMPARES = words('eq ne lt gt le ge equal allclose');
export const COMBINES = words(
  'sub subtract mul multiply div divide true_divide matmul mm bmm dot view_as expand_as masked_fill type_as outer baddbmm addmm',
);

/** Functions of `torch` whose result has no graph. */
export const FUNCTIONS_WITHOUT_GRAPH = words(`
  argmax argmin argsort eq ne lt gt le ge equal allclose isclose isnan isinf isfinite is_tensor numel tensor
  FloatTensor LongTensor IntTensor BoolTensor zeros ones empty full rand randn randint randperm arange linspace eye zeros_like
  ones_like rand_like randn_like full_like empty_like from_numpy manual_seed device no_grad bincount count_nonzero
  nonzero isin histc multinomial get_default_dtype set_printoptions`);

/** Functions of `torch` that put something into the world, or ask for the graph. */
export const FUNCTIONS_TO_LEAVE = words(
  'save load compile set_grad_enabled enable_grad is_grad_enabled inference_mode hub jit',
);

/** Functions that wrap each value of an iterable, or put it in another order, and keep it. */
export const PASSES_ON = words('sum min max abs sorted list tuple set enumerate zip reversed iter next dict');

/** Builtins that make a number or a truth of what they are given, or ask nothing of its graph. */
export const MAKES_NUMBERS = words('float int bool len isinstance id range hash complex callable');

/** Builtins that show what they are given as text. */
export const SHOWS = words('print display repr str ascii pprint');

/** Methods of lists and dicts that put something in, take it out or look at them. */
export const FILLS = words('append extend insert appendleft add update setdefault');
export const EMPTIES = words('clear remove count index reverse keys discard');
export const TAKES_OUT = words('pop popleft values items get copy most_common');

/** Methods of a module that give the module itself. */
export const SAME_MODULE = words('to cuda cpu float double half eval train requires_grad_ type share_memory');

/** What a context manager or a decorator that turns gradients off is called. */
export const NO_GRAD = /(^|\.)(no_grad|inference_mode)$/;
