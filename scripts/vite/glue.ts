/**
 * Makes Emscripten's glue fit a page with a strict content security policy. The embind of
 * @tensorflow/tfjs-tflite builds its call wrappers from source text (`new Function`), which needs
 * `unsafe-eval`; the replacements below do the same with closures.
 */
const closures: Readonly<Record<string, string>> = {
  createNamedFunction: `function createNamedFunction(name,body){
    return Object.defineProperty(function(){return body.apply(this,arguments)},"name",{value:makeLegalFunctionName(name)})
  }`,
  craftInvokerFunction: `function craftInvokerFunction(humanName,argTypes,classType,cppInvokerFunc,cppTargetFunc){
    var argCount=argTypes.length;
    if(argCount<2){throwBindingError("argTypes array size mismatch! Must at least get return value and 'this' types!")}
    var isClassMethod=argTypes[1]!==null&&classType!==null;
    var needsDestructorStack=false;
    for(var i=1;i<argCount;++i){if(argTypes[i]!==null&&argTypes[i].destructorFunction===undefined){needsDestructorStack=true;break}}
    var returns=argTypes[0].name!=="void";
    var expected=argCount-2;
    return createNamedFunction(humanName,function(){
      if(arguments.length!==expected){throwBindingError("function "+humanName+" called with "+arguments.length+" arguments, expected "+expected+" args!")}
      var destructors=needsDestructorStack?[]:null;
      var wired=[];
      if(isClassMethod){wired.push(argTypes[1].toWireType(destructors,this))}
      for(var i=0;i<expected;++i){wired.push(argTypes[i+2].toWireType(destructors,arguments[i]))}
      var result=cppInvokerFunc.apply(null,[cppTargetFunc].concat(wired));
      if(needsDestructorStack){runDestructors(destructors)}
      else{
        var first=isClassMethod?1:2;
        for(var i=first;i<argCount;++i){if(argTypes[i].destructorFunction!==null){argTypes[i].destructorFunction(wired[i-first])}}
      }
      if(returns){return argTypes[0].fromWireType(result)}
    })
  }`,
  __emval_get_method_caller: `function __emval_get_method_caller(argCount,argTypes){
    var types=emval_lookupTypes(argCount,argTypes);
    var retType=types[0];
    var signatureName=retType.name+"_$"+types.slice(1).map(function(t){return t.name}).join("_")+"$";
    var known=emval_registeredMethods[signatureName];
    if(known!==undefined){return known}
    var parameters=types.slice(1);
    var caller=createNamedFunction("methodCaller_"+signatureName,function(handle,name,destructors,args){
      var offset=0;
      var values=parameters.map(function(type){var value=type.readValueFromPointer(args+offset);offset+=type["argPackAdvance"];return value});
      var result=handle[name].apply(handle,values);
      parameters.forEach(function(type,i){if(type["deleteObject"]){type["deleteObject"](values[i])}});
      if(!retType.isVoid){return retType.toWireType(destructors,result)}
    });
    var id=emval_addMethodCaller(caller);
    emval_registeredMethods[signatureName]=id;
    return id
  }`,
  craftEmvalAllocator: `function craftEmvalAllocator(argCount){
    return createNamedFunction("emval_allocator_"+argCount,function(constructor,argTypes,args){
      var values=[];
      for(var i=0;i<argCount;++i){
        var type=requireRegisteredType(HEAP_U32()[argTypes>>2],"parameter "+i);
        values.push(type.readValueFromPointer(args));
        args+=type["argPackAdvance"];
        argTypes+=4
      }
      return Emval.toHandle(Reflect.construct(constructor,values))
    })
  }`,
};

/** End of the brace block that starts at or after `from`; strings are skipped. */
function blockEnd(source: string, from: number): number {
  let depth = 0;
  for (let i = source.indexOf('{', from); i < source.length; i++) {
    const character = source[i];
    if (character === "'" || character === '"') {
      i++;
      while (source[i] !== character) i += source[i] === '\\' ? 2 : 1;
    } else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return i + 1;
  }
  throw new Error('Unbalanced braces in Emscripten glue');
}

/**
 * Replaces the functions of tfjs-tflite's glue that compile source text.
 * @throws when the glue does not look as expected, so that an update of the package is noticed at build time
 */
export function withoutDynamicCode(glue: string): string {
  let result = glue;
  for (const [name, closure] of Object.entries(closures)) {
    const head = `function ${name}(`;
    const start = result.indexOf(head);
    if (start === -1 || result.indexOf(head, start + 1) !== -1) throw new Error(`Expected exactly one ${name} in tfjs-tflite's glue`);
    // The threaded builds read their growing heap through an accessor, the others through a plain view.
    const heap = result.includes('function GROWABLE_HEAP_U32()') ? 'GROWABLE_HEAP_U32()' : 'HEAPU32';
    result = result.slice(0, start) + closure.replace('HEAP_U32()', heap) + result.slice(blockEnd(result, start));
  }
  // What is left is embind's way to the global object on engines without \`globalThis\`; those cannot run this page.
  result = result.replace('return function(){return Function}()("return this")()', 'throw new Error("no globalThis")');
  if (/new Function\(|new_\(Function|[^.\w]eval\(/.test(result)) throw new Error("tfjs-tflite's glue still compiles source text");
  return result;
}

export function asItIs(script: string): string {
  return script;
}

/**
 * The script of TensorFlow.js' threads, which its package keeps in a string and starts from a blob: as a file of our own it
 * needs no `blob:` in the content security policy. The way in for Node is taken out with the `eval` in it.
 * @throws when the package does not look as expected
 */
export function unwrapThread(script: string): string {
  const [head, body, tail, ...more] = script.split('`');
  if (head?.trim() !== 'module.exports.wasmWorkerContents =' || body === undefined || tail?.trim() !== ';' || more.length > 0 || body.includes('${')) {
    throw new Error("TensorFlow.js' thread script is not the one string that was expected");
  }
  const start = body.indexOf('if(ENVIRONMENT_IS_NODE){');
  if (start === -1) throw new Error("TensorFlow.js' thread script has no way in for Node");
  const classic = body.slice(0, start) + body.slice(blockEnd(body, start));
  if (/[^.\w]eval\b|new Function\(/.test(classic)) throw new Error("TensorFlow.js' thread script still compiles source text");
  return classic;
}
