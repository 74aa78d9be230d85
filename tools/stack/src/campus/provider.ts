import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import Provider from 'oidc-provider';
import type { Configuration } from 'oidc-provider';
import { loginPage, logoutPage } from './login-page.ts';
import { campusPeople } from './people.ts';
import { campusClientId, campusId, campusUrl } from './settings.ts';
import type { CampusSettings } from './settings.ts';

const hour = 3_600;

/** A provider of OpenID Connect that signs people in by a click; keys and sessions live as long as its process. */
export function campusProvider(settings: CampusSettings): RequestListener {
  const provider = new Provider(campusUrl(settings), configurationOf(settings));
  const serve = provider.callback();
  return (request, response) => {
    const [, uid] = /^\/interaction\/([\w-]+)$/.exec(request.url ?? '') ?? [];
    if (uid === undefined) return void serve(request, response);
    void interact(provider, request, response).catch(() => response.writeHead(400).end('Start again.'));
  };
}

async function interact(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') {
    await provider.interactionDetails(request, response);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    return void response.end(loginPage(request.url ?? '', campusPeople));
  }
  const accountId = new URLSearchParams(await text(request)).get('sub') ?? '';
  const result =
    accountId === ''
      ? { error: 'access_denied', error_description: 'They did not want to.' }
      : { login: { accountId } };
  await provider.interactionFinished(request, response, result);
}

function configurationOf({ gatewayUrl, clientSecret }: CampusSettings): Configuration {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const key = {
    ...privateKey.export({ format: 'jwk' }),
    kid: randomBytes(6).toString('hex'),
    use: 'sig',
    alg: 'RS256',
  };
  return {
    jwks: { keys: [key as never] },
    clients: [
      {
        client_id: campusClientId,
        client_secret: clientSecret,
        redirect_uris: [`${gatewayUrl}/api/auth/oidc/${campusId}/callback`],
        post_logout_redirect_uris: [`${gatewayUrl}/sign-in`],
        backchannel_logout_uri: `${gatewayUrl}/api/auth/oidc/${campusId}/backchannel-logout`,
        backchannel_logout_session_required: true,
      },
    ],
    claims: {
      openid: ['sub', 'sid', 'student_number', 'groups'],
      email: ['email', 'email_verified'],
      profile: ['name', 'given_name', 'family_name'],
    },
    conformIdTokenClaims: false,
    cookies: { keys: [randomBytes(16).toString('hex')] },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => void (context.body = logoutPage(form)),
      },
    },
    ttl: {
      AccessToken: hour,
      AuthorizationCode: 60,
      Grant: hour,
      IdToken: hour,
      Interaction: hour,
      Session: 8 * hour,
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, sub) => {
      const person = campusPeople.find((each) => each.sub === sub);
      return person && { accountId: sub, claims: () => ({ ...person }) };
    },
    // Nobody is asked whether the gateway may know them.
    loadExistingGrant: async ({ oidc }) => {
      const { client, account, provider } = oidc;
      const grant = new provider.Grant({ clientId: client?.clientId, accountId: account?.accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
    // Its own dispatcher refuses to call loopback.
    fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined } as object),
  };
}
