/** The C++ classes of LiteRT's WASM, as far as we use them. Each object lives in the WASM heap until it is deleted. */
import type { CppObject, CppVector, EmscriptenModule } from '../emscripten';

interface CppEnum<T = number> {
  readonly value: T;
}

export interface LiteRtLayout extends CppObject {
  dimensions(): CppVector<number>;
}

export interface LiteRtTensorType extends CppObject {
  elementType(): CppEnum;
  layout(): LiteRtLayout;
  bytes(): number;
}

export interface LiteRtSignature extends CppObject {
  key(): string;
  inputNames(): CppVector<string>;
  outputNames(): CppVector<string>;
}

export interface LiteRtModel extends CppObject {
  getNumSignatures(): number;
  getSignature(signature: number): LiteRtSignature;
  getInputTensorType(signature: number, input: number): LiteRtTensorType;
  getOutputTensorType(signature: number, output: number): LiteRtTensorType;
}

export interface LiteRtTensorBuffer extends CppObject {
  /** Address of the first element. */
  lock(mode: CppEnum): number;
  unlock(): void;
  size(): number;
  offset(): number;
  isWebGpuMemory(): boolean;
  /** Handle for `WebGPU.getJsObject`. */
  getWebGpuBuffer(): number;
}

export interface LiteRtBufferRequirements extends CppObject {
  supportedTypes(): CppVector<CppEnum>;
}

export interface LiteRtCompiledModel extends CppObject {
  run(signature: number, inputs: readonly LiteRtTensorBuffer[]): LiteRtTensorBuffer[] | Promise<LiteRtTensorBuffer[]>;
  getInputBufferRequirements(signature: number, input: number): LiteRtBufferRequirements;
  isFullyAccelerated(): boolean;
}

export interface LiteRtCompileOptions {
  readonly accelerator: 'wasm' | 'webgpu' | 'webnn';
  readonly environment: object;
  readonly cpuOptions: { readonly numThreads: number };
  readonly gpuOptions: object;
  readonly webNNOptions: object;
}

export interface LiteRtModule extends EmscriptenModule {
  setupLogging(): void;
  readonly LiteRtEnvironment: { create(device: GPUDevice | null): CppObject };
  loadModel(environment: CppObject, pointer: number, bytes: number): LiteRtModel;
  compileModel(environment: CppObject, model: LiteRtModel, options: LiteRtCompileOptions): LiteRtCompiledModel | Promise<LiteRtCompiledModel>;
  readonly LiteRtTensorBuffer: {
    createManaged(environment: CppObject, bufferType: CppEnum, type: LiteRtTensorType, bytes: number): LiteRtTensorBuffer;
    createFromWebGpuBuffer(environment: CppObject, type: LiteRtTensorType, bufferType: CppEnum, handle: number, bytes: number): LiteRtTensorBuffer;
  };
  readonly LiteRtTensorBufferType: { readonly HOST_MEMORY: CppEnum; readonly WEB_GPU_BUFFER_PACKED: CppEnum };
  readonly LiteRtTensorBufferLockMode: { readonly READ: CppEnum; readonly WRITE: CppEnum };
  readonly WebGPU: { getJsObject(handle: number): GPUBuffer; importJsBuffer(buffer: GPUBuffer): number };
}
