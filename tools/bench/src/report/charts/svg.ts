/** Text as it may stand in SVG. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const font = 'font-family="system-ui, -apple-system, Segoe UI, sans-serif"';

/** Where and how a text stands. */
export interface TextStyle {
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly colour?: string;
  readonly bold?: boolean;
}

/** A text element. */
export function text(
  content: string,
  { x, y, size = 12, anchor = 'start', colour = '#333', bold = false }: TextStyle,
): string {
  const weight = bold ? ' font-weight="600"' : '';
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${size}" text-anchor="${anchor}" fill="${colour}"${weight}>${escaped(content)}</text>`;
}

/** A whole picture on a white ground, readable on light and dark pages. */
export function picture(title: string, width: number, height: number, content: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" ${font}>`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="6" fill="#fff"/>`,
    text(title, { x: 16, y: 24, size: 14, bold: true }),
    ...content,
    '</svg>',
    '',
  ].join('\n');
}
