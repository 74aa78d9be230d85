import { campusTime } from '@registrar/campus';
import type { CampusTime } from '@registrar/campus';
import { gatewayRoutes } from '@registrar/contracts-gateway';
import type { RegistrarApi } from '../api/registrar-api.ts';

/** How the campus says moments. */
export async function campusTimeOf(api: RegistrarApi): Promise<CampusTime> {
  const { timeZone } = (await api.call(gatewayRoutes.campus, {})).body;
  return campusTime(timeZone, 'en');
}
