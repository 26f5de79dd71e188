import { encodeQR } from 'qr';
import { useMemo } from 'react';

/** Modules of white around a code: four are asked for by ISO/IEC 18004, and the label's own margin adds to two. */
const border = 2;

/** A QR code as one path, sharp at any size and on any printer. */
export function CodePicture({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const rows = encodeQR(text, 'raw', { ecc: 'medium', border });
    const squares = rows.flatMap((row, y) =>
      row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
    );
    return { size: rows.length, path: squares.join('') };
  }, [text]);
  return (
    <svg className="code-picture" viewBox={`0 0 ${size} ${size}`}>
      <title>{label}</title>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
