/** Functions that ask somebody over a network, or may: to load what is not on the disk yet. */
const ASKS = new RegExp(
  `^(${[
    'requests',
    'urllib\\.request',
    'urllib2',
    'urllib3',
    'http\\.client',
    'httpx',
    'aiohttp',
    'socket',
    'ftplib',
    'smtplib',
    'boto3',
    'wget',
    'gdown',
    'yfinance',
    'tweepy',
    'praw',
    'wbdata',
    'pandas_datareader',
    'pandas\\.io\\.(data|wb)',
    'kagglehub',
    'huggingface_hub',
    'nltk\\.download',
    'datasets\\.load_dataset',
    'tensorflow_datasets\\.load',
    'transformers\\.\\w+\\.from_pretrained',
    'sklearn\\.datasets\\.fetch_\\w+',
    'seaborn\\.load_dataset',
    '(tensorflow\\.)?keras\\.datasets\\.\\w+\\.load_data',
    '(tensorflow\\.)?keras\\.utils\\.(data_utils\\.)?get_file',
    'statsmodels\\.(api\\.)?datasets\\.get_rdataset',
  ].join('|')})(\\.|$)`,
);

const URL = /^(https?|ftps?|s3|gs|gcs|abfs|hdfs):\/\//i;

/** Whether a function by this qualified name, with this text as its first argument, may use the network. */
export const asksNetwork = (qualified: string, text: string | null): boolean =>
  ASKS.test(qualified) || (text !== null && URL.test(text));
