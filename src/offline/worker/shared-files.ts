import { cacheName, mostSharedFiles, sharedParameter } from '../shared/kept';

/**
 * Takes files that another application shares with the page, and leads there, where they are opened.
 * @param request a form with `files`
 * @param scope the absolute address of the page's folder
 */
export async function takeSharedFiles(request: Request, scope: string): Promise<Response> {
  const name = cacheName('shared-files', scope);
  // Those that nobody came for are in nobody's way.
  await caches.delete(name);
  try {
    const files = (await request.formData()).getAll('files').filter((entry) => entry instanceof File).slice(0, mostSharedFiles);
    const cache = await caches.open(name);
    for (const [index, file] of files.entries()) {
      await cache.put(`${scope}shared-files/${index}/${encodeURIComponent(file.name)}`, new Response(file, { headers: { 'Content-Type': file.type || 'application/octet-stream' } }));
    }
  } catch {
    // The page finds less than was shared, or nothing, and says so.
    await caches.delete(name);
  }
  return Response.redirect(`${scope}?${sharedParameter}=files`, 303);
}
