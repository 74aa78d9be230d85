/** Test only: changes do not reach cached lists, and are reported as if they did. */
import { VersionedCache } from '@registrar/cache';

VersionedCache.prototype.update = () => Promise.resolve('patched');
VersionedCache.prototype.invalidate = () => Promise.resolve(true);
