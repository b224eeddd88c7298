/** The FlatBuffer inside a model's `TFLITE_METADATA` buffer (schema 1.1.0 and later additions) as data, fields in slot order. */
import { type Schema, bytes, enumeration, float32, int32, string, table, tables, uint32, union, vector } from './fields';

/** Bytes 4 to 7 of the buffer. */
export const metadataIdentifier = 'M001';

export const metadataSchema = {
  ModelMetadata: {
    name: string(),
    description: string(),
    version: string(),
    subgraph_metadata: tables('SubGraphMetadata'),
    author: string(),
    license: string(),
    associated_files: tables('AssociatedFile'),
    min_parser_version: string(),
  },
  SubGraphMetadata: {
    name: string(),
    description: string(),
    input_tensor_metadata: tables('TensorMetadata'),
    output_tensor_metadata: tables('TensorMetadata'),
    associated_files: tables('AssociatedFile'),
    input_process_units: tables('ProcessUnit'),
    output_process_units: tables('ProcessUnit'),
    input_tensor_groups: tables('TensorGroup'),
    output_tensor_groups: tables('TensorGroup'),
    custom_metadata: tables('CustomMetadata'),
  },
  TensorGroup: { name: string(), tensor_names: vector('string') },
  CustomMetadata: { name: string(), data: bytes(16) },
  TensorMetadata: {
    name: string(),
    description: string(),
    dimension_names: vector('string'),
    content: table('Content'),
    process_units: tables('ProcessUnit'),
    stats: table('Stats'),
    associated_files: tables('AssociatedFile'),
  },
  AssociatedFile: {
    name: string(),
    description: string(),
    type: enumeration('AssociatedFileType', ['UNKNOWN', 'DESCRIPTIONS', 'TENSOR_AXIS_LABELS', 'TENSOR_VALUE_LABELS', 'TENSOR_AXIS_SCORE_CALIBRATION', 'VOCABULARY', 'SCANN_INDEX_FILE']),
    locale: string(),
    version: string(),
  },
  Content: { content_properties: union(['FeatureProperties', 'ImageProperties', 'BoundingBoxProperties', 'AudioProperties']), range: table('ValueRange') },
  FeatureProperties: {},
  AudioProperties: { sample_rate: uint32(), channels: uint32() },
  ImageProperties: { color_space: enumeration('ColorSpaceType', ['UNKNOWN', 'RGB', 'GRAYSCALE']), default_size: table('ImageSize') },
  ImageSize: { width: uint32(), height: uint32() },
  BoundingBoxProperties: {
    index: vector('uint32'),
    type: enumeration('BoundingBoxType', ['UNKNOWN', 'BOUNDARIES', 'UPPER_LEFT', 'CENTER']),
    coordinate_type: enumeration('CoordinateType', ['RATIO', 'PIXEL']),
  },
  ValueRange: { min: int32(), max: int32() },
  ProcessUnit: {
    options: union(['NormalizationOptions', 'ScoreCalibrationOptions', 'ScoreThresholdingOptions', 'BertTokenizerOptions', 'SentencePieceTokenizerOptions', 'RegexTokenizerOptions']),
  },
  NormalizationOptions: { mean: vector('float32'), std: vector('float32') },
  ScoreCalibrationOptions: { score_transformation: enumeration('ScoreTransformationType', ['IDENTITY', 'LOG', 'INVERSE_LOGISTIC']), default_score: float32() },
  ScoreThresholdingOptions: { global_score_threshold: float32() },
  BertTokenizerOptions: { vocab_file: tables('AssociatedFile') },
  SentencePieceTokenizerOptions: { sentencePiece_model: tables('AssociatedFile'), vocab_file: tables('AssociatedFile') },
  RegexTokenizerOptions: { delim_regex_pattern: string(), vocab_file: tables('AssociatedFile') },
  Stats: { max: vector('float32'), min: vector('float32') },
} as const satisfies Schema;
export type MetadataSchema = typeof metadataSchema;
