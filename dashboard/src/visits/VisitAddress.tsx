import { Navigate, useParams } from 'react-router';

/** Where the label of a dwelling leads whoever goes there and reads no registry. */
export function VisitAddress() {
  const { id = '' } = useParams();
  return <Navigate to={`/visits?home=${encodeURIComponent(id)}`} replace />;
}
