import type { LabelKind } from '@carebell/contracts/labels.ts';
import { Navigate, useParams } from 'react-router';
import { pathOfLabelled } from './label-paths.ts';

/** Where the address in a label leads. */
export function LabelAddress({ of }: { of: LabelKind }) {
  const { id = '' } = useParams();
  return <Navigate to={pathOfLabelled({ of, id })} replace />;
}
