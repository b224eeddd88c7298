/** Runs on the audio thread, which has types of its own that no library of the compiler brings. */
declare abstract class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

/** Samples a message: some 20 ms at the usual rates, which is little beside a window, and few messages a second. */
const blockLength = 1024;

/** Mixes its input to one channel and posts it in blocks. */
class Capture extends AudioWorkletProcessor {
  #block = new Float32Array(blockLength);
  #filled = 0;

  process([channels = []]: readonly (readonly Float32Array[])[]): boolean {
    const length = channels[0]?.length ?? 0;
    for (let index = 0; index < length; index++) {
      let sum = 0;
      for (const channel of channels) sum += channel[index] ?? 0;
      this.#block[this.#filled++] = sum / channels.length;
      if (this.#filled === blockLength) this.#post();
    }
    return true;
  }

  #post(): void {
    this.port.postMessage(this.#block, [this.#block.buffer]);
    this.#block = new Float32Array(blockLength);
    this.#filled = 0;
  }
}

registerProcessor('litescope-capture', Capture);
