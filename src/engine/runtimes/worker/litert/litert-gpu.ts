import { LitescopeError } from '../../../../errors';
import { engine as text } from '../../../../messages/engine';
import { byteLength } from '../../../../tensor/dtype';
import type { TensorInfo } from '../../shared/types';
import type { CppObject } from '../emscripten';
import type { LiteRtModule, LiteRtTensorBuffer, LiteRtTensorType } from './litert-bindings';
import { bytesOf } from './litert-memory';
import type { RuntimeTensor } from '../runtime';

/** Features that make LiteRT's shaders faster where the adapter has them. */
const wantedFeatures = ['shader-f16', 'subgroups'] as const;

/** @throws LitescopeError NO_WEBGPU */
export async function requestGpuDevice(): Promise<GPUDevice> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new LitescopeError('NO_WEBGPU', navigator.gpu ? text.noAdapter : text.noGpu);
  const { maxBufferSize, maxStorageBufferBindingSize, maxStorageBuffersPerShaderStage, maxTextureDimension2D } = adapter.limits;
  try {
    return await adapter.requestDevice({
      requiredFeatures: wantedFeatures.filter((feature) => adapter.features.has(feature)),
      requiredLimits: { maxBufferSize, maxStorageBufferBindingSize, maxStorageBuffersPerShaderStage, maxTextureDimension2D },
    });
  } catch (error) {
    throw new LitescopeError('NO_WEBGPU', error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** Inputs and outputs of a model on the GPU, with mirrors in host memory that the rest of the engine reads and writes. */
export interface GpuTensors {
  readonly inputs: readonly RuntimeTensor[];
  readonly outputs: readonly RuntimeTensor[];
  /** Uploads the inputs, runs, and reads the outputs back: what a person waits for is all three. */
  invoke(run: (inputs: readonly LiteRtTensorBuffer[]) => LiteRtTensorBuffer[] | Promise<LiteRtTensorBuffer[]>): Promise<void>;
}

/** One input, with how its mirror reaches the runtime before each run. */
interface BoundInput {
  readonly tensor: RuntimeTensor;
  readonly tensorBuffer: LiteRtTensorBuffer;
  upload(): void;
}

export interface GpuInput {
  readonly info: TensorInfo;
  /** The runtime's own description, which a buffer is made with. */
  readonly type: LiteRtTensorType;
  /** Where the GPU does not take the first op, the runtime wants the input in host memory. */
  readonly onHost: boolean;
}

/** WebGPU copies whole words. */
function paddedBytes(info: TensorInfo): number {
  return ((byteLength(info.dtype, info.shape) ?? 0) + 3) & ~3;
}

export function gpuTensors(module: LiteRtModule, environment: CppObject, device: GPUDevice, inputs: readonly GpuInput[], outputs: readonly TensorInfo[]): GpuTensors {
  const bound = inputs.map((input) => (input.onHost ? bindHost(module, environment, input) : bindDevice(module, environment, device, input)));
  const mirrors = outputs.map((info) => new Uint8Array(byteLength(info.dtype, info.shape) ?? 0));
  return {
    inputs: bound.map(({ tensor }) => tensor),
    outputs: outputs.map((info, index) => ({ ...info, data: () => mirrors[index] as Uint8Array })),
    async invoke(run) {
      for (const input of bound) input.upload();
      const results = await run(bound.map(({ tensorBuffer }) => tensorBuffer));
      await Promise.all(results.map((result, index) => readBack(module, device, result, mirrors[index] as Uint8Array)));
      for (const result of results) result.delete();
    },
  };
}

function bindHost(module: LiteRtModule, environment: CppObject, { info, type }: GpuInput): BoundInput {
  const tensorBuffer = module.LiteRtTensorBuffer.createManaged(environment, module.LiteRtTensorBufferType.HOST_MEMORY, type, type.bytes());
  const bytes = byteLength(info.dtype, info.shape) ?? 0;
  return {
    tensor: { ...info, data: () => bytesOf(module, tensorBuffer, bytes, 'WRITE') },
    tensorBuffer,
    upload: () => undefined,
  };
}

function bindDevice(module: LiteRtModule, environment: CppObject, device: GPUDevice, { info, type }: GpuInput): BoundInput {
  const mirror = new Uint8Array(paddedBytes(info));
  const buffer = device.createBuffer({ size: mirror.byteLength, usage: GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST | GPUBufferUsage.STORAGE });
  const handle = module.WebGPU.importJsBuffer(buffer);
  const tensorBuffer = module.LiteRtTensorBuffer.createFromWebGpuBuffer(environment, type, module.LiteRtTensorBufferType.WEB_GPU_BUFFER_PACKED, handle, buffer.size);
  const bytes = byteLength(info.dtype, info.shape) ?? 0;
  return {
    tensor: { ...info, data: () => mirror.subarray(0, bytes) },
    tensorBuffer,
    upload: () => { device.queue.writeBuffer(buffer, 0, mirror); },
  };
}

async function readBack(module: LiteRtModule, device: GPUDevice, result: LiteRtTensorBuffer, mirror: Uint8Array): Promise<void> {
  if (!result.isWebGpuMemory()) {
    mirror.set(bytesOf(module, result, mirror.byteLength, 'READ'));
    return;
  }
  const source = module.WebGPU.getJsObject(result.getWebGpuBuffer());
  const staging = device.createBuffer({ size: source.size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
  const commands = device.createCommandEncoder();
  commands.copyBufferToBuffer(source, 0, staging, 0, source.size);
  device.queue.submit([commands.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  mirror.set(new Uint8Array(staging.getMappedRange(), result.offset(), mirror.byteLength));
  staging.unmap();
  staging.destroy();
}
