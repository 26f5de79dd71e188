import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const width = 640;
const height = 480;
const codeSize = 300;

/** Draws the code of a label as a camera would see it, and answers how bright each point is. */
const brightness = `async (selector) => {
  const svg = document.querySelector(selector);
  const image = new Image();
  image.width = image.height = ${codeSize};
  const copy = svg.cloneNode(true);
  copy.setAttribute('width', '${codeSize}');
  copy.setAttribute('height', '${codeSize}');
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(new XMLSerializer().serializeToString(copy));
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = ${width};
  canvas.height = ${height};
  const context = canvas.getContext('2d');
  context.fillStyle = '#cfcabf';
  context.fillRect(0, 0, ${width}, ${height});
  context.translate(${width / 2}, ${height / 2});
  context.rotate(0.12);
  context.drawImage(image, -${codeSize / 2}, -${codeSize / 2}, ${codeSize}, ${codeSize});
  const { data } = context.getImageData(0, 0, ${width}, ${height});
  let text = '';
  for (let at = 0; at < data.length; at += 4) text += String.fromCharCode(data[at]);
  return btoa(text);
}`;

/** Writes a film (YUV4MPEG2) in which the label that a page shows is held before the camera, a little askew. */
export async function filmOf(page: Page, selector: string, path: string): Promise<void> {
  const answer = await page.evaluate<string>(`(${brightness})(${JSON.stringify(selector)})`);
  const luma = Buffer.from(answer, 'base64');
  const grey = Buffer.alloc((width * height) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, grey]);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(path, Buffer.concat([head, frame, frame, frame]));
}

export function filming(path: string): string[] {
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${path}`,
  ];
}
