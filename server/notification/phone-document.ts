import type { NotificationLocale } from '@carebell/contracts/notifications.ts';

const style = `
:root{color-scheme:light dark}
body{font:18px/1.5 system-ui,sans-serif;margin:0 auto;padding:16px;max-width:34em;color:#1a1a1a;background:#fff}
h1{font-size:1.6em;margin:.2em 0}h2{font-size:1em;margin:1.2em 0 0;color:#555}
.kind{display:inline-block;padding:4px 12px;border-radius:6px;font-weight:bold;margin:0;background:#444;color:#fff}
.emergency{background:#b3001b}.urgent{background:#8a4b00}.big{font-size:1.2em;margin:.1em 0;white-space:pre-line}
a{color:#0b5394}.absent{border:3px solid;padding:4px 12px;border-radius:6px;font-weight:bold}.hint{color:#555}ul{padding-left:1.2em}
button,.call{display:block;width:100%;box-sizing:border-box;margin:12px 0;padding:14px;font:inherit;font-weight:bold;text-align:center;
border:2px solid #0b5394;border-radius:10px;background:#fff;color:#0b5394;text-decoration:none}
button.on{background:#0b5394;color:#fff}
input,select{font:inherit;padding:10px;max-width:100%;box-sizing:border-box}
@media(prefers-color-scheme:dark){body{background:#111;color:#eee}a{color:#9cc9ff}h2,.hint{color:#aaa}button,.call{background:#111;color:#9cc9ff;border-color:#9cc9ff}
button.on{background:#9cc9ff;color:#111}}`;

/** A document of a few KiB for a phone, with neither script, font nor picture. */
export function phoneDocument(locale: NotificationLocale, title: string, body: string): string {
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${safe(title)}</title><style>${style}</style></head>
<body><main>
${body}
</main></body></html>
`;
}

/** As text within a document or an attribute. */
export function safe(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
