import type { DocsTraits } from '../stacks.ts';

const VIEWPORT = `    <meta name="viewport" content="width=device-width, initial-scale=1.0">\n`;

/**
 * The page at `/docs`, byte for byte, white space included.
 * Source: FastAPI's answer (`fastapi/openapi/docs.py`), MIT licence, copyright Sebastián Ramírez.
 */
export function swaggerUiPage({
  swaggerUiRelease: release,
  swaggerUiViewport,
}: DocsTraits): string {
  const viewport = swaggerUiViewport ? VIEWPORT : '';
  return `
    <!DOCTYPE html>
    <html>
    <head>
${viewport}    <link type="text/css" rel="stylesheet" href="https://cdn.jsdelivr.net/npm/swagger-ui-dist@${release}/swagger-ui.css">
    <link rel="shortcut icon" href="https://fastapi.tiangolo.com/img/favicon.png">
    <title>FastAPI - Swagger UI</title>
    </head>
    <body>
    <div id="swagger-ui">
    </div>
    <script src="https://cdn.jsdelivr.net/npm/swagger-ui-dist@${release}/swagger-ui-bundle.js"></script>
    <!-- \`SwaggerUIBundle\` is now available on the page -->
    <script>
    const ui = SwaggerUIBundle({
        url: '/openapi.json',
    "dom_id": "#swagger-ui",
"layout": "BaseLayout",
"deepLinking": true,
"showExtensions": true,
"showCommonExtensions": true,
oauth2RedirectUrl: window.location.origin + '/docs/oauth2-redirect',
    presets: [
        SwaggerUIBundle.presets.apis,
        SwaggerUIBundle.SwaggerUIStandalonePreset
        ],
    })
    </script>
    </body>
    </html>
    `;
}
