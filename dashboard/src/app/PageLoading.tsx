import { BellMark } from './BellMark.tsx';

export function PageLoading({ text }: { text?: string }) {
  return (
    <output className="page-centre" aria-busy="true">
      <div className="page-loading">
        <BellMark size={56} />
        {text !== undefined && <p>{text}</p>}
      </div>
    </output>
  );
}
