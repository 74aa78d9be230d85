/** What the local provider and the gateway agree on. */
export interface CampusSettings {
  /** Where the provider listens, on loopback. */
  readonly port: number;
  /** The gateway's address, where it sends people back to. */
  readonly gatewayUrl: string;
  readonly clientSecret: string;
}

/** The id of the provider in the gateway's settings. */
export const campusId = 'campus';

/** The client that the gateway is to the provider. */
export const campusClientId = 'registrar';

/** The variable that hands the settings to the provider's process, as JSON. */
export const campusVariable = 'REGISTRAR_CAMPUS';

/** The address of the local provider. */
export function campusUrl({ port }: Pick<CampusSettings, 'port'>): string {
  return `http://127.0.0.1:${port}`;
}

/** `OIDC_PROVIDERS` of a gateway that people sign in to by the local provider. */
export function oidcProviders(settings: CampusSettings): string {
  return JSON.stringify([
    {
      id: campusId,
      name: 'Campus account (demo)',
      issuer: campusUrl(settings),
      clientId: campusClientId,
      clientSecret: settings.clientSecret,
      claims: { externalId: 'student_number' },
      roles: {
        claim: 'groups',
        map: { faculty: ['instructor'], 'registrars-office': ['registrar'] },
      },
      logout: true,
      signUp: true,
      trustExternalId: true,
    },
  ]);
}
