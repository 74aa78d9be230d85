import { Controller } from '@nestjs/common';
import { CachedBody } from '@registrar/cache';
import { documentRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { CachedAnswer } from '@registrar/endpoint';
import { apiRoutes } from '../routes/routes.ts';
import { asyncApiDocument } from './asyncapi-document.ts';
import { docsPage, docsPolicy, swaggerUiFile } from './docs-page.ts';
import { openApiDocument } from './openapi-document.ts';

/** The documents of the API, made once, at start, from the routes and events of the services; and their page. */
@Controller()
export class DocumentsController {
  private readonly openApiBody = CachedBody.of(JSON.stringify(openApiDocument(apiRoutes)));
  private readonly asyncApiBody = CachedBody.of(JSON.stringify(asyncApiDocument()));
  private readonly pageBody = CachedBody.of(docsPage);
  private readonly styleBody = CachedBody.of(swaggerUiFile('swagger-ui.css'));
  private readonly scriptBody = CachedBody.of(swaggerUiFile('swagger-ui-bundle.js'));

  @Endpoint(routes.openApi)
  openApi() {
    return { body: this.openApiBody, source: 'l1' } as const;
  }

  @Endpoint(routes.asyncApi)
  asyncApi() {
    return { body: this.asyncApiBody, source: 'l1' } as const;
  }

  @Endpoint(routes.apiPage)
  page(): CachedAnswer {
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': docsPolicy };
    return { body: this.pageBody, source: 'l1', headers };
  }

  @Endpoint(routes.apiPageStyle)
  style(): CachedAnswer {
    const headers = { 'content-type': 'text/css; charset=utf-8' };
    return { body: this.styleBody, source: 'l1', headers };
  }

  @Endpoint(routes.apiPageScript)
  script(): CachedAnswer {
    const headers = { 'content-type': 'text/javascript; charset=utf-8' };
    return { body: this.scriptBody, source: 'l1', headers };
  }
}
