/** Versions of the runtimes' packages, filled in by the build. */
declare const __RUNTIME_VERSIONS__: Readonly<Record<'tfjs-tflite' | 'litert' | 'tfjs-kernels', string>>;
