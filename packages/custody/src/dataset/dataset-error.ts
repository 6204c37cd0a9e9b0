/** Why a dataset has no manifest, or does not agree with one. */
export class DatasetError extends Error {
  readonly code: DatasetErrorCode;
  readonly remedy: string;

  constructor(code: DatasetErrorCode, message: string, remedy: string) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}

export type DatasetErrorCode =
  /** A column's type has no canonical encoding. */
  | 'dataset.type'
  /** A value of a type that has one cannot be encoded. */
  | 'dataset.value'
  /** A column that was named is not there, or there twice. */
  | 'dataset.column'
  /** The manifest is not one, or does not hold together. */
  | 'dataset.manifest'
  /** There is no such version. */
  | 'dataset.version'
  /** Somebody else committed meanwhile. */
  | 'dataset.changed'
  /** The bytes of a version are not where they were, or are not what they were. */
  | 'dataset.bytes'
  /** The data cannot be read. */
  | 'dataset.source';
