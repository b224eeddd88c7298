/** Versions of the runtimes' packages and of Litescope, which compiles; filled in by the build. */
declare const __RUNTIME_VERSIONS__: Readonly<Record<'tfjs-tflite' | 'litert' | 'tfjs-kernels' | 'compiled', string>>;
