import type { LiteRtModule, LiteRtTensorBuffer } from './litert-bindings';

/** The bytes of a buffer in host memory, as a view of the heap that is good until the heap grows. */
export function bytesOf(module: LiteRtModule, buffer: LiteRtTensorBuffer, bytes: number, mode: 'READ' | 'WRITE'): Uint8Array {
  const pointer = buffer.lock(module.LiteRtTensorBufferLockMode[mode]);
  // Host memory does not move between lock and unlock, nor after it: the lock guards devices only.
  buffer.unlock();
  return module.HEAPU8.subarray(pointer, pointer + bytes);
}

/** Room for the alignment that the runtime adds when it allocates a tensor. */
const alignmentSlack = 128;

/** Leaves freed blocks in the heap that hold `byte` and are what an allocation of `bytes` takes next. */
export function poisonFreeBlocks(module: LiteRtModule, bytes: number, byte: number): void {
  const blocks = [bytes, bytes + alignmentSlack].map((size) => ({ size, pointer: module._malloc(size) }));
  for (const { size, pointer } of blocks) {
    if (pointer !== 0) module.HEAPU8.fill(byte, pointer, pointer + size);
  }
  for (const { pointer } of blocks) {
    if (pointer !== 0) module._free(pointer);
  }
}

/**
 * Fills free memory with small integers, which are denormal floats to who reads them as such, and gives it back: what
 * a heap looks like where programs worked before. In blocks, so that it is not the top of the heap alone.
 */
export function fillFreeHeap(module: LiteRtModule, bytes: number): void {
  const size = 64 * 1024;
  const pointers = Array.from({ length: Math.ceil(bytes / size) }, () => module._malloc(size)).filter((pointer) => pointer !== 0);
  for (const pointer of pointers) {
    const words = new Uint32Array(module.HEAPU8.buffer, pointer, size >>> 2);
    for (let index = 0; index < words.length; index++) words[index] = 1 + (index % 1000);
  }
  for (const pointer of pointers) module._free(pointer);
}
