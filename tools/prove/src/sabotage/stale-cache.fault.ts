/** Test only: cached lists are never told of a change, and say that they were. */
import { VersionedCache } from '@registrar/cache';

VersionedCache.prototype.update = () => Promise.resolve('patched');
VersionedCache.prototype.invalidate = () => Promise.resolve(true);
