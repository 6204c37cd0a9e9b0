/** Packages that everybody knows, and names that are nearly theirs: what typosquatting lives from. */

const PYTHON =
  'numpy pandas scipy scikit-learn matplotlib seaborn requests urllib3 boto3 botocore pyarrow polars duckdb sqlalchemy psycopg2 pymongo pyspark apache-airflow dbt-core torch torchvision tensorflow keras transformers datasets tokenizers huggingface-hub accelerate langchain openai anthropic mlflow xgboost lightgbm catboost statsmodels networkx pillow opencv-python beautifulsoup4 selenium scrapy flask fastapi django jinja2 pydantic pyyaml cryptography paramiko colorama python-dateutil jupyter jupyterlab notebook ipython great-expectations evidently feast prefect dagster streamlit plotly dask setuptools google-cloud-storage google-cloud-bigquery azure-storage-blob snowflake-connector-python'.split(
    ' ',
  );
const NPM =
  'lodash express react react-dom axios commander webpack typescript eslint prettier mongoose mysql2 sequelize jsonwebtoken nodemailer cross-env dotenv chalk moment body-parser puppeteer electron socket.io'.split(
    ' ',
  );
/** Honest packages whose names happen to be near. */
const HONEST = new Set(
  'scapy dataset tokenizer openapi bpython pyaml torchx perfect polar preact tslint moments'.split(' '),
);
const KNOWN = { pip: new Set(PYTHON), npm: new Set(NPM) };
/** Of shorter names almost any other is near. */
const LETTERS_LEAST = 5;
const LETTERS_MOST = 60;

/** The known package whose name this one nearly has: one letter more, fewer, other or swapped, or letters that look alike. */
export function resembled(written: string, ecosystem: 'pip' | 'npm'): string | null {
  const name = ecosystem === 'pip' ? written.toLowerCase().replace(/[-_.]+/g, '-') : written;
  const known = KNOWN[ecosystem];
  if (known.has(name) || HONEST.has(name) || name.length < LETTERS_LEAST || name.length > LETTERS_MOST) return null;
  const plain = alike(name);
  for (const one of known)
    if (one.length >= LETTERS_LEAST && (alike(one) === plain || isOneEditAway(name, one))) return one;
  return null;
}

/** Letters and signs that a reader takes for each other; `python-` and `python3-` before a name say nothing. */
const alike = (name: string): string =>
  name
    .replace(/^python3?-/, '')
    .replace(/[-_.]/g, '')
    .replace(/rn/g, 'm')
    .replace(/0/g, 'o')
    .replace(/[1i]/g, 'l')
    .replace(/vv/g, 'w');

/** Damerau's distance is 1: a letter is inserted, left out, changed, or two neighbours are swapped. */
export function isOneEditAway(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  if (a.length === b.length) {
    const isSwap = a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2);
    // Another digit at the end is another version of a name.
    return isSwap || (a.slice(i + 1) === b.slice(i + 1) && !(/\d/.test(a[i]!) && /\d/.test(b[i]!)));
  }
  const [long, short] = a.length > b.length ? [a, b] : [b, a];
  return long.slice(i + 1) === short.slice(i) && !/\d/.test(long[i]!);
}
