import { startService } from '@registrar/service';
import { gateway } from './gateway.ts';

await startService(gateway);
