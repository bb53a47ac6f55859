import type { DocsTraits } from '../stacks.ts';

/**
 * The page at `/redoc`, byte for byte, white space included.
 * Source: FastAPI's answer (`fastapi/openapi/docs.py`), MIT licence, copyright Sebastián Ramírez.
 */
export function redocPage({ redocRelease }: DocsTraits): string {
  return `
    <!DOCTYPE html>
    <html>
    <head>
    <title>FastAPI - ReDoc</title>
    <!-- needed for adaptive design -->
    <meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    
    <link href="https://fonts.googleapis.com/css?family=Montserrat:300,400,700|Roboto:300,400,700" rel="stylesheet">
    
    <link rel="shortcut icon" href="https://fastapi.tiangolo.com/img/favicon.png">
    <!--
    ReDoc doesn't change outer page styles
    -->
    <style>
      body {
        margin: 0;
        padding: 0;
      }
    </style>
    </head>
    <body>
    <noscript>
        ReDoc requires Javascript to function. Please enable it to browse the documentation.
    </noscript>
    <redoc spec-url="/openapi.json"></redoc>
    <script src="https://cdn.jsdelivr.net/npm/redoc@${redocRelease}/bundles/redoc.standalone.js"> </script>
    </body>
    </html>
    `;
}
