import { BellMark } from './BellMark.tsx';

export function PageLoading({ text }: { text?: string }) {
  return (
    <div className="page-centre" role="status" aria-busy="true">
      <div className="page-loading">
        <BellMark size={56} />
        {text !== undefined && <p>{text}</p>}
      </div>
    </div>
  );
}
