const words = (text: string): readonly string[] => text.trim().split(/\s+/);
const opencv = (names: string): string =>
  words(names)
    .map((name) => `cv2.${name}`)
    .join(' ');

/** `array`: numpy's; `picture`: Pillow's. */
export type ImageKind = 'array' | 'picture';

const ARRAY_READERS = `
  cv2.imread matplotlib.pyplot.imread matplotlib.image.imread imageio.imread imageio.v2.imread imageio.v3.imread
  skimage.io.imread tifffile.imread scipy.misc.imread scipy.ndimage.imread numpy.load`;
const KERAS_READERS = `
  keras.preprocessing.image.load_img keras.utils.load_img tensorflow.keras.preprocessing.image.load_img
  tensorflow.keras.utils.load_img keras_preprocessing.image.load_img`;

const readers: ReadonlyMap<string, ImageKind> = new Map([
  ...words(ARRAY_READERS).map((name) => [name, 'array'] as const),
  ...words(`PIL.Image.open ${KERAS_READERS}`).map((name) => [name, 'picture'] as const),
]);

/** What the function reads from the file that its first argument names; null where it is no reader of images or arrays. */
export function imageReader(qualified: string | null): ImageKind | null {
  return qualified === null ? null : (readers.get(qualified) ?? null);
}

/** OpenCV's functions that make a new image from their first argument, or from the first two. */
const OPENCV_OF_ONE = `
  cvtColor resize GaussianBlur blur medianBlur bilateralFilter boxFilter filter2D Canny Laplacian Sobel Scharr
  adaptiveThreshold equalizeHist flip rotate transpose warpAffine warpPerspective remap copyMakeBorder normalize
  morphologyEx erode dilate pyrDown pyrUp bitwise_not convertScaleAbs applyColorMap inRange distanceTransform
  fastNlMeansDenoising fastNlMeansDenoisingColored undistort`;
const OPENCV_OF_TWO = 'absdiff add subtract multiply divide addWeighted bitwise_and bitwise_or bitwise_xor';
/** Those that give something else. */
const OPENCV_VALUES = `
  threshold split merge calcHist mean meanStdDev countNonZero minMaxLoc connectedComponents connectedComponentsWithStats
  HoughLines HoughLinesP HoughCircles matchTemplate findContours sumElems norm moments hconcat vconcat`;

const ofTwo: ReadonlySet<string> = new Set(words(opencv(OPENCV_OF_TWO)));

/** How many of its first arguments a function only looks at; what stands behind them may be written to (OpenCV's `dst`). */
export function lookedAt(qualified: string): number {
  if (!qualified.startsWith('cv2.')) return Number.POSITIVE_INFINITY;
  return ofTwo.has(qualified) ? 2 : 1;
}

const KERAS_ARRAYS = `
  keras.preprocessing.image.img_to_array keras.utils.img_to_array tensorflow.keras.preprocessing.image.img_to_array
  tensorflow.keras.utils.img_to_array keras_preprocessing.image.img_to_array`;

const KEEPS_IMAGE: ReadonlySet<string> = new Set(
  words(`
    ${opencv(`${OPENCV_OF_ONE} ${OPENCV_OF_TWO}`)} ${KERAS_ARRAYS}
    numpy.array numpy.asarray numpy.expand_dims numpy.squeeze numpy.flip numpy.fliplr numpy.flipud numpy.rot90
    numpy.transpose numpy.moveaxis numpy.ascontiguousarray numpy.clip numpy.float32 numpy.float64 numpy.uint8 numpy.divide
    PIL.Image.fromarray PIL.ImageOps.grayscale PIL.ImageOps.fit PIL.ImageOps.invert PIL.ImageOps.exif_transpose
    PIL.ImageOps.pad skimage.transform.resize skimage.transform.rescale skimage.transform.rotate skimage.color.rgb2gray
    skimage.color.gray2rgb skimage.color.rgba2rgb skimage.color.rgb2hsv skimage.color.rgb2lab skimage.img_as_float
    skimage.img_as_ubyte skimage.util.img_as_float skimage.util.img_as_ubyte scipy.misc.imresize
    torch.from_numpy torch.tensor torch.as_tensor`),
);

/** Whether the function gives an image where its first argument is one. */
export const keepsImage = (qualified: string): boolean => KEEPS_IMAGE.has(qualified);

/** Functions that gather all images that they are given in one array. */
const GATHERS: ReadonlySet<string> = new Set(
  words(`
    numpy.array numpy.asarray numpy.stack numpy.vstack numpy.hstack numpy.dstack numpy.concatenate numpy.asanyarray
    numpy.mean numpy.median numpy.std numpy.sum numpy.min numpy.max numpy.average numpy.float32 numpy.uint8 numpy.save
    numpy.savez numpy.savez_compressed numpy.row_stack numpy.column_stack
    torch.tensor torch.stack torch.cat torch.as_tensor torch.Tensor torch.FloatTensor
    tensorflow.convert_to_tensor tensorflow.constant tensorflow.stack tensorflow.concat`),
);

export const gathersImages = (qualified: string): boolean => GATHERS.has(qualified);

/** Functions that make an image, a picture or a tensor that nobody else has. */
const MAKES_IMAGE = new Set([
  ...readers.keys(),
  ...words('PIL.Image.fromarray torch.tensor torch.from_numpy'),
]);

/** Their methods that do nothing but give something; on what they gave they may change nothing that others see. */
const METHODS_OF_IMAGES = new Set(
  words(`
    convert resize crop rotate transpose filter point getpixel getdata getbands histogram split quantize thumbnail load
    float double permute unsqueeze squeeze reshape view flatten astype copy numpy`),
);

export const makesImage = (qualified: string): boolean => MAKES_IMAGE.has(qualified);
export const isMethodOfImages = (method: string): boolean => METHODS_OF_IMAGES.has(method);

/** For the table of functions: what they do besides. Sources: the manuals of OpenCV 4.12, Pillow 12, imageio 2.37, scikit-image 0.26. */
export const IMAGE_FUNCTIONS = `
  cv2.imread: unknown readsFile maybeNone
  ${words(ARRAY_READERS)
    .filter((name) => name !== 'cv2.imread' && name !== 'numpy.load')
    .join(' ')} PIL.Image.open ${words(KERAS_READERS).join(' ')}: unknown readsFile
  ${opencv(`${OPENCV_OF_ONE} ${OPENCV_OF_TWO} ${OPENCV_VALUES}`)}: unknown
  cv2.imwrite: bool writesFile
  imageio.imwrite imageio.imsave imageio.v2.imwrite imageio.v3.imwrite: unknown maybeNone writesFile
  skimage.io.imsave matplotlib.pyplot.imsave matplotlib.image.imsave: unknown maybeNone writesFile
  ${words(KERAS_ARRAYS).join(' ')} scipy.misc.imresize: ndarray shares
  PIL.Image.fromarray: unknown shares
  torch.from_numpy torch.as_tensor: unknown shares
  torch.tensor torch.stack: unknown
`;

/** For the table of libraries. */
export const IMAGE_LIBRARIES = `
  PIL.ImageOps.: unknown shares
  scipy.ndimage.: unknown shares
  skimage.color.: unknown shares
  skimage.exposure.: unknown shares
  skimage.feature.: unknown shares
  skimage.filters.: unknown shares
  skimage.measure.: unknown shares
  skimage.morphology.: unknown shares
  skimage.transform.: unknown shares
  skimage.util.: unknown shares
  skimage.img_as_: unknown shares
`;
