/**
 * Which calls of Python's data libraries read and write, and which argument names the place. Dotted names are as imported;
 * methods go by their last name, as what they are called on is seldom known.
 */

export interface PlaceArgument {
  /** By position; null where it has a name only. */
  readonly position: number | null;
  readonly names: readonly string[];
}

export interface Reader extends PlaceArgument {
  readonly kind: 'file' | 'table' | 'url' | 'model' | 'dataset' | 'sql';
  /** Put before the name: `hf://datasets/`. */
  readonly prefix?: string;
}

const PATHS = [
  'path',
  'filepath_or_buffer',
  'path_or_buf',
  'path_or_buffer',
  'io',
  'source',
  'file',
  'filename',
  'fname',
  'f',
  'uri',
  'paths',
  'where',
  'fp',
  'root',
  'excel_writer',
];
const file = (position: number | null = 0): Reader => ({ kind: 'file', position, names: PATHS });
const url: Reader = { kind: 'url', position: 0, names: ['url'] };
const model = (prefix?: string, names: readonly string[] = []): Reader => ({
  kind: 'model',
  position: 0,
  names: [...PATHS, 'model_uri', 'pretrained_model_name_or_path', 'repo_id', ...names],
  ...(prefix !== undefined && { prefix }),
});

const FRAMES =
  '(?:pandas|polars|modin\\.pandas|cudf|dask\\.dataframe|geopandas|pyspark\\.pandas|vaex|daft|fireducks\\.pandas)';
/** In order: the first that fits. */
const READERS: readonly (readonly [RegExp, Reader])[] = [
  [
    new RegExp(`^${FRAMES}\\.read_(?:sql|sql_query|database|database_uri)$`),
    { kind: 'sql', position: 0, names: ['sql', 'query'] },
  ],
  [new RegExp(`^${FRAMES}\\.read_(?:sql_table|table_sql)$`), { kind: 'table', position: 0, names: ['table_name'] }],
  [new RegExp(`^${FRAMES}\\.read_gbq$`), { kind: 'sql', position: 0, names: ['query', 'query_or_table'] }],
  [new RegExp(`^${FRAMES}\\.(?:read_clipboard)$`), { kind: 'file', position: null, names: [] }],
  [new RegExp(`^${FRAMES}\\.(?:read_\\w+|scan_\\w+|open|from_csv)$`), file()],
  [/^pandas\.(?:ExcelFile|HDFStore)$/, file()],
  [
    /^(?:pyarrow\.(?:parquet|csv|json|orc|feather)|pyarrow\.dataset)\.(?:read_\w+|dataset|ParquetFile|ParquetDataset)$/,
    file(),
  ],
  [/^(?:numpy|np|scipy\.io|cupy)\.(?:load|loadtxt|genfromtxt|fromfile|memmap|loadmat|mmread|load_npz)$/, file()],
  [
    /^(?:xarray|rioxarray|rasterio|netCDF4|h5py|zarr|tables|nibabel|pydicom|fiona|pyreadstat|awkward|uproot)\.(?:open\w*|load\w*|read\w*|File|Dataset|dcmread)$/,
    file(),
  ],
  [
    /^(?:PIL\.Image\.open|cv2\.imread|imageio(?:\.v\d)?\.imread|skimage\.io\.imread|librosa\.load|soundfile\.read|torchaudio\.load|torchvision\.io\.read_\w+|matplotlib\.(?:image|pyplot)\.imread|docx\.Document|fitz\.open|PyPDF2\.PdfReader|pypdf\.PdfReader|openpyxl\.load_workbook)$/,
    file(),
  ],
  [/^(?:tensorflow|tf)\.(?:data\.(?:TFRecordDataset|TextLineDataset)|io\.read_file)$/, file()],
  [
    /^deltalake\.DeltaTable(?:\.for_path)?$|^delta(?:\.tables)?\.DeltaTable\.forPath$/,
    { kind: 'file', position: null, names: ['table_uri', 'path'] },
  ],
  [
    /^(?:joblib|skops\.io)\.load$|^(?:torch|pickle|dill|cloudpickle)\.loads?$|^torch\.(?:jit\.load|hub\.load)$|^(?:keras|tensorflow\.keras|tf\.keras)\.(?:models\.)?load_model$|^tensorflow\.saved_model\.load$|^onnx(?:runtime)?\.(?:load|InferenceSession)$|^safetensors\.\w+\.(?:load_file|safe_open)$|^safetensors\.safe_open$|^(?:xgboost|lightgbm)\.Booster$|^spacy\.load$|^fasttext\.load_model$/,
    model(),
  ],
  [
    /^mlflow\.(?:\w+\.)*load_model$|^mlflow\.artifacts\.(?:download_artifacts|load_\w+)$/,
    model(undefined, ['artifact_uri']),
  ],
  [/^datasets\.load_dataset$/, { kind: 'dataset', position: 0, names: ['path'], prefix: 'hf://datasets/' }],
  [
    /^datasets\.(?:load_from_disk|Dataset\.from_\w+)$/,
    { kind: 'file', position: 0, names: ['dataset_path', 'path', 'path_or_paths'] },
  ],
  [
    /^(?:transformers|sentence_transformers|diffusers|peft)\.(?:\w+\.from_pretrained|SentenceTransformer|CrossEncoder)$|^(?:transformers)\.pipeline$/,
    model('hf://'),
  ],
  [/^huggingface_hub\.(?:hf_hub_download|snapshot_download)$/, model('hf://')],
  [/^sklearn\.datasets\.fetch_openml$/, { kind: 'dataset', position: 0, names: ['name'], prefix: 'openml:' }],
  [
    /^(?:requests|httpx|urllib3|aiohttp)\.(?:get|head)$|^urllib\.request\.(?:urlopen|urlretrieve|Request)$|^(?:wget\.download|gdown\.download|pooch\.retrieve)$/,
    url,
  ],
  [
    /^(?:builtins\.)?open$|^(?:io|gzip|bz2|lzma|codecs|fsspec|smart_open|gcsfs|s3fs|tarfile|zipfile|aiofiles)\.(?:open|ZipFile|TarFile|GzipFile)$|^(?:tensorflow|tf)\.io\.gfile\.GFile$/,
    file(),
  ],
];

export function readerOf(name: string): Reader | null {
  for (const [pattern, reader] of READERS) if (pattern.test(name)) return reader;
  return null;
}

/** Opens a place to read or to write, as its mode says. */
export const opens = (name: string): boolean => READERS.at(-1)![0].test(name) || name.endsWith('.open');

/** Calls that write their first argument to a place: position of what is written, and of where. */
export interface Writer {
  readonly value: PlaceArgument;
  readonly place: PlaceArgument;
  readonly kind: 'file' | 'table' | 'url' | 'model';
  readonly prefix?: string;
}
const at = (position: number | null, ...names: string[]): PlaceArgument => ({ position, names });
const WRITERS: readonly (readonly [RegExp, Writer])[] = [
  [
    /^(?:joblib|pickle|dill|cloudpickle|json|simplejson|yaml|msgpack|skops\.io)\.(?:dump|safe_dump|pack)$/,
    { kind: 'file', value: at(0, 'value', 'obj', 'data'), place: at(1, 'filename', 'file', 'fp', 'stream') },
  ],
  [
    /^torch\.(?:save|jit\.save)$|^safetensors\.\w+\.save_file$|^onnx\.save(?:_model)?$/,
    { kind: 'file', value: at(0, 'obj', 'm', 'tensors', 'proto'), place: at(1, 'f', 'filename') },
  ],
  [
    /^numpy\.(?:save|savez|savez_compressed|savetxt)$|^scipy\.(?:io\.savemat|sparse\.save_npz)$|^cv2\.imwrite$|^imageio\.imwrite$|^soundfile\.write$/,
    { kind: 'file', value: at(1, 'arr', 'X', 'mdict', 'data'), place: at(0, ...PATHS) },
  ],
  [
    /^pyarrow\.(?:parquet|csv|feather|orc)\.write_\w+$|^pyarrow\.dataset\.write_dataset$/,
    {
      kind: 'file',
      value: at(0, 'table', 'df', 'data'),
      place: at(1, 'where', 'base_dir', 'root_path', 'dest', 'output_file'),
    },
  ],
  [/^deltalake\.write_deltalake$/, { kind: 'file', value: at(1, 'data'), place: at(0, 'table_or_uri') }],
  [
    /^mlflow\.(?:\w+\.)+(?:log_model)$/,
    {
      kind: 'model',
      value: at(
        0,
        'sk_model',
        'pytorch_model',
        'xgb_model',
        'lgb_model',
        'model',
        'python_model',
        'spark_model',
        'tf_model',
        'keras_model',
      ),
      place: at(1, 'registered_model_name', 'name', 'artifact_path'),
      prefix: 'mlflow:',
    },
  ],
  [
    /^mlflow\.(?:\w+\.)+save_model$/,
    { kind: 'file', value: at(0, 'sk_model', 'pytorch_model', 'model'), place: at(1, 'path') },
  ],
  [
    /^mlflow\.log_(?:artifact|artifacts)$/,
    { kind: 'model', value: at(0, 'local_path', 'local_dir'), place: at(1, 'artifact_path'), prefix: 'mlflow:' },
  ],
  [
    /^(?:requests|httpx)\.(?:post|put|patch)$/,
    { kind: 'url', value: at(1, 'data', 'json', 'files', 'content'), place: at(0, 'url') },
  ],
  [/^shutil\.(?:copy\w*|move)$|^os\.(?:rename|replace)$/, { kind: 'file', value: at(0, 'src'), place: at(1, 'dst') }],
  [/^awswrangler\.s3\.to_\w+$/, { kind: 'file', value: at(0, 'df'), place: at(1, 'path') }],
];
export function writerOf(name: string): Writer | null {
  for (const [pattern, writer] of WRITERS) if (pattern.test(name)) return writer;
  return null;
}
/** What is written is named by its own place. */
export const copies = (name: string): boolean => /^(?:shutil|os)\.|\.log_artifacts?$/.test(name);

/** Methods that write what they are called on. */
const METHODS: readonly (readonly [RegExp, PlaceArgument & { readonly kind: 'file' | 'table' | 'model' }])[] = [
  [/^to_(?:sql|gbq|sql_table)$/, { kind: 'table', ...at(0, 'name', 'destination_table') }],
  [/^write_database$/, { kind: 'table', ...at(0, 'table_name') }],
  [
    /^to_(?:csv|parquet|json|excel|pickle|feather|hdf|stata|xml|html|markdown|latex|orc|delta|file|disk|zarr|netcdf|avro|ipc|iceberg|string|table)$/,
    { kind: 'file', ...at(0, ...PATHS) },
  ],
  [
    /^(?:write|sink)_(?:csv|parquet|json|ndjson|ipc|ipc_stream|excel|delta|avro|iceberg)$/,
    { kind: 'file', ...at(0, ...PATHS, 'target', 'workbook') },
  ],
  [
    /^(?:savefig|save_model|save_pretrained|save_to_disk|save_weights|save_state|to_disk|write_image|write_html|save_hf|export_model)$/,
    { kind: 'file', ...at(0, ...PATHS, 'save_directory', 'filepath', 'dataset_path') },
  ],
  [/^push_to_hub$/, { kind: 'model', ...at(0, 'repo_id') }],
  [/^(?:saveAsTable|insertInto|toTable)$/, { kind: 'table', ...at(0, 'name', 'tableName') }],
];
export function methodWriterOf(name: string): (PlaceArgument & { readonly kind: 'file' | 'table' | 'model' }) | null {
  for (const [pattern, writer] of METHODS) if (pattern.test(name)) return writer;
  return null;
}

/** Methods that change what they are called on by what they are given. */
export const changes = (name: string): boolean =>
  /^(?:fit\w*|partial_fit|train|append|extend|add|insert|update|setdefault|load_state_dict|load_weights|put|appendleft|merge_in|upsert|add_documents|add_texts|add_data)$/.test(
    name,
  );

/** Methods that run SQL on a connection. */
export const runsSql = (name: string): boolean =>
  /^(?:sql|query|execute|executemany|executescript|read_sql|sqldf|raw_sql)$/.test(name);
