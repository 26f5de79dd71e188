import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

type Props = {
  /** A list that the hub gives page by page. */
  of: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
};

/** Below a list of which more can be had. */
export function MorePages({ of: { hasNextPage, isFetchingNextPage, fetchNextPage } }: Props) {
  const { t } = useTranslation();
  if (!hasNextPage) return null;
  return (
    <p className="list-more">
      <Button
        size="large"
        loading={isFetchingNextPage}
        data-testid="list-more"
        onClick={() => void fetchNextPage()}
      >
        {t(isFetchingNextPage ? 'list.loadingMore' : 'list.more')}
      </Button>
    </p>
  );
}
